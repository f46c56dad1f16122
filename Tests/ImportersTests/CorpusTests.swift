import Claims
import Foundation
import Testing

@testable import Importers

@Suite struct CorpusTests {
    /// How a list of papers is written down.
    enum Form: String, CaseIterable, CustomTestStringConvertible {
        case listingPage, attachedText, textApart, wrappedText, wrappedTextApart, jsonArray, prettyJSON

        var testDescription: String { rawValue }
    }

    @Test(.needsCorpus, arguments: ["seeds", "train", "dev"], Form.allCases)
    func `real papers come back from every format`(name: String, form: Form) throws {
        let papers = try SharedCorpus.lines("\(name).papers.jsonl").map { line in
            // White space is what the texts cannot keep.
            Paper(
                title: try onOneLine(#require(line["title"] as? String)),
                abstract: try onOneLine(#require(line["abstract"] as? String))
            )
        }
        let imported = Imported.of(try written(papers, form))
        let read = imported.papers.map { Paper(title: $0.title, abstract: onOneLine($0.abstract)) }
        let lost = papers.filter { !read.contains($0) }
        #expect(read.count == papers.count)
        #expect(lost.map(\.title) == [])
        #expect(imported.problems.map(\.description) == [])
    }

    private func onOneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private func written(_ papers: [Paper], _ form: Form) throws -> String {
        switch form {
        case .listingPage:
            return "Daily Papers\n\nSep 12\n\n"
                + papers.map { "Submitted by\n\nsomebody\n\n\($0.title)\n\n42\n\n· 7 authors\n\n\($0.abstract)\n\n" }
                .joined()
        case .attachedText: return papers.map { "\($0.title)\n\($0.abstract)\n\n" }.joined()
        case .textApart: return papers.map { "\($0.title)\n\n\($0.abstract)\n\n" }.joined()
        case .wrappedText: return papers.map { "\($0.title)\n\(wrapped($0.abstract))\n\n" }.joined()
        case .wrappedTextApart: return papers.map { "\(wrapped($0.title))\n\n\(wrapped($0.abstract))\n\n" }.joined()
        case .jsonArray, .prettyJSON:
            let objects = papers.map { ["title": $0.title, "abstract": $0.abstract] }
            let options: JSONSerialization.WritingOptions = form == .prettyJSON ? [.prettyPrinted] : []
            return String(
                decoding: try JSONSerialization.data(withJSONObject: objects, options: options),
                as: UTF8.self
            )
        }
    }

    /// Breaks lines before 80 characters, as mail programs do.
    private func wrapped(_ text: String) -> String {
        var lines = [""]
        for word in text.split(separator: " ") {
            if lines[lines.count - 1].count + word.count > 78 { lines.append("") }
            lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
        }
        return lines.joined(separator: "\n")
    }
}
