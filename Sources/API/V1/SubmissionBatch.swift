import Extraction
import Formats
import Logging
import Registry

/// Many papers, one a line, each with its own outcome.
///
/// Goes over the lines in portions, each one transaction.
struct SubmissionBatch: LineBatch {
    let registry: Registry
    let extractor: Extractor
    let principal: Principal
    let maximumLineBytes: Int
    /// Whether it is kept as a whole or not at all.
    ///
    /// All papers are one portion then: in one transaction, portions would take their locks in different orders.
    let isWhole: Bool
    let logger: Logger

    /// Papers in one transaction.
    ///
    /// More gain nothing, and make a failure cost more.
    private static let portion = 200

    private enum Reading {
        case paper(IngestPaper)
        case problem(Problem)
    }

    /// Takes the next portion of lines.
    ///
    /// - Returns: an outcome for each line, as JSON Lines; `nil` when there are no more.
    /// - Throws: what the registry throws, where the batch is kept as a whole.
    func next(_ lines: inout BatchLines) async throws -> [UInt8]? {
        var readings: [(number: Int, reading: Reading)] = []
        while isWhole || readings.count < Self.portion, let (number, line) = lines.next() {
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
        } catch  where !isWhole {
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
            return .paper(try SubmittedPaper.read(content, isLabelled: true, with: extractor, by: principal))
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
