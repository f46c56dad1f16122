import Formats
import Logging
import Registry

/// Many corrections, one a line, each with its own outcome and in a transaction of its own.
struct CorrectionBatch: LineBatch {
    let registry: Registry
    let principal: Principal
    let maximumLineBytes: Int
    /// Whether it is kept as a whole or, for reasons of the service, not at all.
    let isWhole: Bool
    let logger: Logger

    /// Takes the next line.
    ///
    /// - Returns: its outcome, as a line of JSON; `nil` when there are no more.
    /// - Throws: what the registry throws for reasons of the service, where the batch is kept as a whole.
    func next(_ lines: inout BatchLines) async throws -> [UInt8]? {
        guard let (number, line) = lines.next() else { return nil }
        var json = JSONWriter(capacity: 400)
        do {
            let correction = try await registry.propose(try read(line), by: principal)
            json.object { json in
                json.member("line", number)
                json.member("outcome", "proposed")
                json.member("correction_id", correction.id)
                json.member("state", correction.state)
                json.member("problem", nil as String?)
            }
        } catch {
            let problem = Problem(for: error, logger: logger)
            if isWhole && problem.kind.status >= 500 { throw error }
            json.object { json in
                json.member("line", number)
                json.member("outcome", problem.kind.status < 500 ? "refused" : "failed")
                json.member("correction_id", nil as Int64?)
                json.member("state", nil as String?)
                json.object("problem") { $0.members(of: problem, requestID: nil) }
            }
        }
        json.endLine()
        return json.bytes
    }

    private func read(_ line: ArraySlice<UInt8>) throws(Problem) -> CorrectionDraft {
        guard line.count <= maximumLineBytes else {
            throw Problem(.contentTooLarge, "A line has at most \(maximumLineBytes) bytes.")
        }
        return try ProposedCorrection.read(try ContentReader.json(Array(line)))
    }
}
