import ArgumentParser
import Claims
import Extraction
import Formats
import Importers

/// Papers to records, without a database.
struct Extract: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read papers and print their records as JSON Lines, without a database.",
        discussion: """
            Takes what ingest takes. Prints one object for each paper, with the paper's id where it has one: benchmarks, \
            results, sota, model_sizes, links. Each record has its evidence (the words, and their place in UTF-8 bytes), \
            and how often records like it are right. A record that cannot be read is reported with file and line, and \
            the others go on.

            With --second-reader, a language model reads the papers as well, through any OpenAI-compatible chat endpoint. \
            Nothing it says is kept unless it stands in the paper. The rules' records stay the ones that count: they are \
            surer where the model agrees, and the member second_reader has where it differs and what only it found. \
            Environment: CLAIMBOARD_MODEL_URL (such as https://host/v1), CLAIMBOARD_MODEL_NAME, and CLAIMBOARD_MODEL_KEY \
            where the endpoint wants one; CLAIMBOARD_MODEL_CALLS (at a time, 4), CLAIMBOARD_MODEL_CALL_SECONDS (60) and \
            CLAIMBOARD_MODEL_TOTAL_SECONDS (3600) bound it; CLAIMBOARD_MODEL_INPUT_PRICE and CLAIMBOARD_MODEL_OUTPUT_PRICE \
            (US dollars for a million tokens) put the cost on its last line.

            Exit status: 0 done, 1 failed, 2 wrong use, 3 some records were refused, or papers not read by the model.
            """
    )

    @Argument(help: "Files of papers, also gzipped; - is standard input.", completion: .file())
    var files: [String] = ["-"]

    @Flag(name: .long, help: "With each record, print the rules that made it.")
    var explain = false

    @Flag(name: .customLong("second-reader"), help: "Have a language model read the papers as well.")
    var hasSecondReader = false

    @OptionGroup var talk: TalkOptions

    mutating func run() async throws {
        try refuseToWaitForTyping(files)
        let command = self
        let isWhole = try await Interruption.cancels { try await command.extract() }
        if !isWhole { throw ExitStatus.refused }
    }

    /// Returns whether every record could be read.
    private func extract() async throws -> Bool {
        let extractor = Extractor()
        var second = hasSecondReader ? try SecondReader(logger: talk.logger()) : nil
        defer { second?.close() }
        let stream = PaperStream(paths: files)
        let progress = Progress(isWanted: !talk.quiet && !StandardOutput.isTerminal)
        var refused = 0
        var done = 0
        var json = JSONWriter(capacity: 1 << 20)
        while let batch = await stream.next(limit: second?.batchSize ?? 512) {
            try Task.checkCancellation()
            report(batch.problems, progress)
            let papers = batch.papers.map(\.paper)
            let records = await extractor.extract(papers)
            if second != nil {
                let problems = try await second?.write(papers, records, explains: explain, to: &json) ?? []
                progress.clear()
                for problem in problems { StandardError.write(problem) }
            } else {
                for (paper, records) in zip(papers, records) {
                    json.value(records, id: paper.label, extractor: Extractor.version, explains: explain)
                    json.endLine()
                }
            }
            try StandardOutput.write(json.bytes)
            json.reset()
            done += records.count
            if batch.isLast { refused += batch.refused }
            progress.show("\(done) papers")
        }
        progress.clear()
        if let second { talk.say(second.summary) }
        return refused == 0 && second?.isWhole ?? true
    }
}

/// Refuses to read papers from a person's keyboard, which is hardly ever meant.
///
/// - Throws: `ValidationError` where standard input is a terminal and nothing else was named.
func refuseToWaitForTyping(_ files: [String]) throws {
    if files == ["-"] && StandardInput.isTerminal {
        throw ValidationError("Name a file, or pipe papers in.")
    }
}

/// Tells problems, one line each.
func report(_ problems: [ImportProblem], _ progress: Progress) {
    guard !problems.isEmpty else { return }
    progress.clear()
    for problem in problems { StandardError.write(problem.description) }
}
