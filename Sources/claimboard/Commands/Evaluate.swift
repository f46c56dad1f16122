import ArgumentParser
import Claims
import Evaluation
import Extraction
import Formats
import Foundation
import Importers

/// How well the extractor reads.
struct Evaluate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure extracted records against hand-made ones.",
        discussion: """
            Both files have one record a line, in the form of the annotation guide. Without PREDICTED, the papers are read \
            anew, from the file beside GOLD with "papers" in its name in place of "gold".
            """
    )

    /// How the report is printed.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case markdown
        case json
    }

    @Argument(help: "The hand-made records.", completion: .file())
    var gold: String

    @Argument(help: "The extracted records.", completion: .file())
    var predicted: String?

    @Option(name: .long, help: ArgumentHelp("The papers to read where PREDICTED is not given.", valueName: "file"))
    var papers: String?

    @Option(
        name: .long,
        help: ArgumentHelp("How many of the papers with most differences to list.", valueName: "count")
    )
    var worst = 0

    @Option(name: .long, help: "How to print the report.")
    var format = Format.text

    @OptionGroup var talk: TalkOptions

    mutating func run() async throws {
        let wanted = try Self.records(gold)
        let found = if let predicted { try Self.records(predicted) } else { try await extracted() }
        let report = EvaluationReport(Evaluation(gold: wanted, predicted: found), worst: worst)
        switch format {
        case .text: try StandardOutput.write(report.text)
        case .markdown: try StandardOutput.write(report.markdown)
        case .json:
            var json = JSONWriter()
            report.write(to: &json)
            try StandardOutput.write(json.bytes)
        }
    }

    private static func records(_ path: String) throws -> [AnnotatedRecord] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure("\(path): cannot be read, or is no file.")
        }
        return try AnnotatedRecord.read(data, name: path)
    }

    private func extracted() async throws -> [AnnotatedRecord] {
        let path = papers ?? gold.replacing("gold", with: "papers")
        guard path != gold else {
            throw ValidationError("Name the extracted records, or the papers with --papers FILE.")
        }
        let stream = PaperStream(paths: [path])
        let extractor = Extractor()
        var json = JSONWriter()
        while let batch = await stream.next(limit: 512) {
            report(batch.problems, Progress(isWanted: false))
            if let problem = batch.problems.first(where: { $0.severity == .fatal }) {
                throw Failure("\(problem.source) has the papers for \(gold); name another file with --papers.")
            }
            let records = await extractor.extract(batch.papers.map(\.paper))
            for (record, entry) in zip(records, batch.papers) {
                json.value(record, id: entry.paper.label ?? "", extractor: Extractor.version)
                json.endLine()
            }
        }
        return try AnnotatedRecord.read(Data(json.bytes), name: path)
    }
}
