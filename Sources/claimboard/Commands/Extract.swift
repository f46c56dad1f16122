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

            Exit status: 0 done, 1 failed, 2 wrong use, 3 some records were refused.
            """
    )

    @Argument(help: "Files of papers, also gzipped; - is standard input.", completion: .file())
    var files: [String] = ["-"]

    @Flag(name: .long, help: "With each record, print the rules that made it.")
    var explain = false

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
        let stream = PaperStream(paths: files)
        let progress = Progress(isWanted: !talk.quiet && !StandardOutput.isTerminal)
        var refused = 0
        var done = 0
        var json = JSONWriter(capacity: 1 << 20)
        while let batch = await stream.next(limit: 512) {
            try Task.checkCancellation()
            report(batch.problems, progress)
            let records = await extractor.extract(batch.papers.map(\.paper))
            for (record, entry) in zip(records, batch.papers) {
                json.value(record, id: entry.paper.label, extractor: Extractor.version, explains: explain)
                json.endLine()
            }
            try StandardOutput.write(json.bytes)
            json.reset()
            done += records.count
            if batch.isLast { refused += batch.refused }
            progress.show("\(done) papers")
        }
        progress.clear()
        return refused == 0
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
