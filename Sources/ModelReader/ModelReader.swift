package import Claims
package import Logging

/// A second extractor, which asks a language model through any OpenAI-compatible chat endpoint.
///
/// What the model says is kept only as far as it stands in the paper: evidence letter for letter, values in their
/// evidence. Neither the key nor what is sent and answered is ever logged.
package struct ModelReader: Sendable {
    /// What a model found in one paper.
    package struct Reading: Sendable {
        /// What stands in the paper.
        package var records: ExtractedRecords
        /// What does not, and was not kept.
        package var dropped: DroppedRecords
    }

    /// A paper's reading, or why there is none.
    package typealias Outcome = Result<Reading, ModelReaderError>

    /// This extractor, as its records name it: `model/NAME`.
    package let version: ExtractorVersion
    private let settings: ModelSettings
    private let client: ChatClient
    private let deadline: ContinuousClock.Instant

    /// Makes a reader; its time for all papers begins now.
    ///
    /// - Parameters:
    ///   - settings: which model, where, and how much it may take.
    ///   - logger: for what happens between attempts, at debug level.
    package init(settings: ModelSettings, logger: Logger) {
        self.settings = settings
        self.version = ExtractorVersion(name: "model", version: settings.model)
        self.client = ChatClient(settings, logger: logger)
        self.deadline = .now + settings.totalLimit
    }

    /// What the calls so far have cost.
    package var usage: ModelUsage { client.usage }

    /// Lets go of the connections; the reader reads no more.
    package func close() { client.close() }

    /// Reads papers, several at a time.
    ///
    /// - Parameter papers: the papers.
    /// - Returns: an outcome for each paper, in their order.
    /// - Throws: `ModelReaderError` where every other paper would fail alike; `CancellationError`.
    package func read(_ papers: [Paper]) async throws -> [Outcome] {
        var outcomes = [Outcome?](repeating: nil, count: papers.count)
        try await withThrowingTaskGroup(of: (Int, Outcome).self) { group in
            for (index, paper) in papers.enumerated() {
                if index >= settings.concurrentCalls, let (done, outcome) = try await group.next() {
                    outcomes[done] = outcome
                }
                group.addTask { (index, try await read(paper)) }
            }
            for try await (done, outcome) in group { outcomes[done] = outcome }
        }
        return outcomes.map { $0 ?? .failure(.outOfTime) }
    }

    private func read(_ paper: Paper) async throws -> Outcome {
        do {
            let spaced = SpacedPaper(paper)
            let content = try await client.ask(spaced, deadline: deadline)
            guard let answer = ModelAnswer(in: content) else { return .failure(.noRecords) }
            let check = AnswerCheck(answer, paper: spaced)
            return .success(Reading(records: check.records, dropped: check.dropped))
        } catch let error as ModelReaderError {
            if error.concernsAllPapers { throw error }
            return .failure(error)
        }
    }
}
