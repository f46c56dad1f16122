import Claims
import Foundation
import Testing

@testable import Extraction

/// One case of the file of names: a text and the benchmarks that it names.
struct NameCase: CustomTestStringConvertible, Sendable {
    var title: String
    var abstract: String
    /// `name=role`, with sizes behind it: `FooBench=introduced 120 tasks`.
    var expected: Set<String>

    var testDescription: String { abstract.isEmpty ? title : abstract }

    /// The cases of a file.
    ///
    /// Title, tab, abstract, tab, the benchmarks parted by `; `; `#` starts a comment line.
    static func read(_ file: String) -> [NameCase] {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        guard let text = try? String(contentsOf: folder.appending(path: "Fixtures/\(file)"), encoding: .utf8) else {
            return []
        }
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            let names =
                fields.count > 2 ? fields[2].split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) } : []
            return NameCase(
                title: fields[0],
                abstract: fields.count > 1 ? fields[1].replacing("\\n", with: "\n") : "",
                expected: Set(names)
            )
        }
    }
}

extension BenchmarkMention {
    /// The mention as the case files have it.
    fileprivate var summary: String {
        counts.reduce("\(name)=\(role.rawValue)") { $0 + " \($1.count) \($1.of)" }
    }
}

@Suite struct NamesTests {
    @Test func `the case file is there`() {
        #expect(NameCase.read("names.tsv").count > 40)
    }

    @Test(arguments: NameCase.read("names.tsv"))
    func `names`(example: NameCase) {
        let records = Extractor().extract(title: example.title, abstract: example.abstract)
        #expect(Set(records.benchmarks.map(\.summary)) == example.expected)
    }

    @Test(arguments: NameCase.read("names.tsv"))
    func `evidence stands letter for letter in the source`(example: NameCase) {
        for record in Extractor().extract(title: example.title, abstract: example.abstract).benchmarks {
            let source = record.evidence.source == .title ? example.title : example.abstract
            let bytes = Array(source.utf8)[record.evidence.start..<record.evidence.end]
            #expect(String(validating: bytes, as: UTF8.self) == record.evidence.text)
            #expect((0...1).contains(record.confidence))
        }
    }
}

@Suite struct GazetteerTests {
    private func names(_ text: String, _ gazetteer: Gazetteer) -> [String] {
        let document = ReadDocument(text).document
        var found: [String] = []
        var index = 0
        while index < document.tokens.count {
            if let match = gazetteer.match(in: document, at: index, limit: document.tokens.count) {
                found.append(document.string(match.tokens))
                index = match.tokens.upperBound
            } else {
                index += 1
            }
        }
        return found
    }

    @Test(arguments: [
        ("on cifar10 and Cifar-10", ["cifar10", "Cifar-10"]),
        ("CIFAR 10, CIFAR10 and CIFAR-10", ["CIFAR 10", "CIFAR10", "CIFAR-10"]),
        ("the glue of GLUE", ["GLUE"]),
        ("drop rates on DROP", ["DROP"]),
        ("Caltech pedestrian data", []),
        ("on text8 and enwik8", ["text8", "enwik8"]),
        ("runs of Atari 2600 games", ["Atari 2600"]),
        ("20 Newsgroups against 20 news", ["20 Newsgroups"]),
    ])
    func `finds names as their kind wants them printed`(text: String, expected: [String]) {
        #expect(names(text, .builtIn) == expected)
    }

    @Test func `learns names that the caller knows`() {
        let text = "on Zebra-Fish Bench and on zebrafishbench"
        #expect(names(text, Gazetteer(entries: [])).isEmpty)
        let known = Gazetteer(entries: []).adding([Gazetteer.Entry(name: "Zebra-Fish Bench")])
        #expect(names(text, known) == ["Zebra-Fish Bench"])
    }

    @Test func `a name known to the caller is found where its shape says nothing`() {
        let abstract = "We train agents for a year. We report results on Kestrel."
        let known = Gazetteer.builtIn.adding([Gazetteer.Entry(name: "Kestrel")])
        let records = Extractor(gazetteer: known).extract(title: "", abstract: abstract)
        #expect(records.benchmarks.map(\.name) == ["Kestrel"])
    }
}

@Suite struct FullNamesTests {
    @Test(arguments: [
        ("the Open Plant Image Corpus (OPIC) is", "OPIC", "Open Plant Image Corpus"),
        ("on OPIC (Open Plant Image Corpus) we", "OPIC", "Open Plant Image Corpus"),
        ("our question-answering test for chemists (QATC) has", "QATC", "question-answering test for chemists"),
        ("a plain model (OPIC) is", "OPIC", nil),
    ])
    func `finds the long form of an acronym`(text: String, acronym: String, expected: String?) throws {
        let document = ReadDocument(text).document
        let index = try #require(document.tokens.indices.first { document.string($0) == acronym })
        let found = FullNames(document: document).find(for: index..<(index + 1))
        #expect(found.map { document.string($0) } == expected)
    }
}
