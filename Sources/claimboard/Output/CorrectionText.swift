import API
import Formats
import Registry

/// How the queue of corrections is printed.
enum CorrectionText {
    /// Prints corrections.
    static func write(_ corrections: [Correction], as format: OutputFormat) throws {
        let columns = ["id", "state", "operation", "type", "target", "proposer", "created_at", "reason"]
        let rows = corrections.map { correction -> [String?] in
            [
                String(correction.id), correction.state.rawValue, correction.operation.rawValue,
                correction.targetType.rawValue, correction.targetSlug ?? correction.targetID.map(String.init),
                correction.proposer, correction.createdAt, correction.reason,
            ]
        }
        try AccountText.write(corrections, columns, rows, as: format, flexible: "reason")
    }
}
