import Extraction
import Formats
import Logging
import Registry

/// Many papers, one a line, each with its own outcome.
///
/// Goes over the lines in portions, each one transaction.
struct SubmissionBatch {
    let registry: Registry
    let extractor: Extractor
    let maximumLineBytes: Int
    let logger: Logger

    /// Papers in one transaction.
    ///
    /// More gain nothing, and make a failure cost more.
    private static let portion = 200

    /// The lines that are not yet read.
    struct Lines {
        fileprivate let bytes: [UInt8]
        fileprivate var start = 0
        fileprivate var number = 0

        init(_ bytes: [UInt8]) {
            self.bytes = bytes
        }

        /// The next line that is not blank, and its number from 1.
        fileprivate mutating func next() -> (number: Int, line: ArraySlice<UInt8>)? {
            while start < bytes.count {
                let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
                let line = bytes[start..<end]
                start = end + 1
                number += 1
                if line.contains(where: { $0 > 0x20 }) { return (number, line) }
            }
            return nil
        }
    }

    private enum Reading {
        case paper(IngestPaper)
        case problem(Problem)
    }

    /// Takes the next portion of lines.
    ///
    /// - Returns: an outcome for each line, as JSON Lines; `nil` when there are no more.
    func next(_ lines: inout Lines) async -> [UInt8]? {
        var readings: [(number: Int, reading: Reading)] = []
        while readings.count < Self.portion, let (number, line) = lines.next() {
            readings.append((number, read(line)))
        }
        guard !readings.isEmpty else { return nil }
        let papers = readings.compactMap { if case .paper(let paper) = $0.reading { paper } else { nil } }
        var json = JSONWriter(capacity: 200 * readings.count)
        do {
            var outcomes = try await registry.ingest(papers).makeIterator()
            for (number, reading) in readings {
                switch reading {
                case .paper: if let outcome = outcomes.next() { json.line(number, outcome) }
                case .problem(let problem): json.line(number, problem)
                }
            }
        } catch {
            // Nothing of the portion was kept: its papers can be sent again as they are.
            let failure = Problem(for: error, logger: logger)
            for (number, reading) in readings {
                if case .problem(let problem) = reading {
                    json.line(number, problem)
                } else {
                    json.line(number, failure)
                }
            }
        }
        return json.bytes
    }

    private func read(_ line: ArraySlice<UInt8>) -> Reading {
        guard line.count <= maximumLineBytes else {
            return .problem(Problem(.contentTooLarge, "A line has at most \(maximumLineBytes) bytes."))
        }
        do throws(Problem) {
            let content = try ContentReader.json(Array(line))
            return .paper(try SubmittedPaper.read(content, isLabelled: true, with: extractor))
        } catch {
            return .problem(error)
        }
    }
}

extension JSONWriter {
    fileprivate mutating func line(_ number: Int, _ outcome: IngestOutcome) {
        object { json in
            json.member("line", number)
            json.members(of: outcome)
            if case .refused(let reason) = outcome.result {
                json.object("problem") { $0.members(of: Problem(.conflict, reason), requestID: nil) }
            } else {
                json.member("problem", nil as String?)
            }
        }
        endLine()
    }

    fileprivate mutating func line(_ number: Int, _ problem: Problem) {
        object { json in
            json.member("line", number)
            json.member("outcome", problem.kind.status < 500 ? "refused" : "failed")
            json.member("paper_id", nil as Int64?)
            json.member("counts", nil as RecordCounts?)
            json.object("problem") { $0.members(of: problem, requestID: nil) }
        }
        endLine()
    }
}
