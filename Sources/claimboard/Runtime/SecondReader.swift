import Claims
import Extraction
import Formats
import Foundation
import Logging
import ModelReader

/// The language model beside the rules, for one run: its readings, and the line that tells what they were and cost.
struct SecondReader {
    private let reader: ModelReader
    private let prices: TokenPrices?
    private var read = 0
    private var failed = 0
    private var agreed = 0
    private var disagreed = 0
    private var added = 0
    private var dropped = DroppedRecords()

    /// Papers that are read before any are printed: enough to keep every call busy.
    let batchSize: Int

    /// Sets the reader up from the environment.
    ///
    /// - Throws: `Failure` where it is not configured.
    init(logger: Logger) throws {
        do {
            let settings = try ModelSettings(environment: ProcessInfo.processInfo.environment)
            reader = ModelReader(settings: settings, logger: logger)
            prices = settings.prices
            batchSize = settings.concurrentCalls * 4
        } catch {
            throw Failure("The second reader is not configured: \(error)")
        }
    }

    /// Whether the model has read every paper.
    var isWhole: Bool { failed == 0 }

    /// Lets go of the connections.
    func close() { reader.close() }

    /// Reads papers a second time and writes both readings, one line each.
    ///
    /// - Returns: why papers were not read, one sentence each.
    /// - Throws: `Failure` where every paper would fail alike; `CancellationError`.
    mutating func write(
        _ papers: [Paper],
        _ records: [ExtractedRecords],
        explains: Bool,
        to json: inout JSONWriter
    ) async throws -> [String] {
        let outcomes: [ModelReader.Outcome]
        do {
            outcomes = try await reader.read(papers)
        } catch let error as ModelReaderError {
            throw Failure("The second reader cannot work: \(error).")
        }
        var problems: [String] = []
        for (paper, (records, outcome)) in zip(papers, zip(records, outcomes)) {
            if case .failure(let error) = outcome { problems.append("\(paper.label ?? paper.title): \(error)") }
            json.value(
                combine(records, outcome),
                second: outcome,
                id: paper.label,
                extractors: (Extractor.version, reader.version),
                explains: explains
            )
            json.endLine()
        }
        failed += problems.count
        return problems
    }

    private mutating func combine(_ records: ExtractedRecords, _ outcome: ModelReader.Outcome) -> CombinedReading {
        guard case .success(let reading) = outcome else { return CombinedReading(keeping: records) }
        let combined = CombinedReading(records, reading.records)
        read += 1
        dropped += reading.dropped
        agreed += combined.agreementCount
        disagreed += records.count - combined.agreementCount
        added += combined.onlySecond.count
        return combined
    }

    /// What the run was and cost, for people.
    var summary: String {
        let usage = reader.usage
        var text =
            "\(reader.version): \(read) papers read, \(failed) not; \(agreed) records agree, \(disagreed) differ, "
        text += "\(added) are its own, \(dropped.records) were dropped; \(usage.calls) calls, "
        text += "\(usage.inputTokens) tokens in, \(usage.outputTokens) out"
        if let prices { text += ", cost \(String(format: "%.4f", usage.cost(prices))) USD" }
        return text
    }
}
