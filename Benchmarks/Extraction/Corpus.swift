import Claims
import Importers

/// The papers that are read over and over, as bytes.
struct Corpus {
    /// A paper's texts.
    struct Text {
        var title: [UInt8]
        var abstract: [UInt8]
    }

    private(set) var texts: [Text] = []
    /// The size of all texts, in bytes of UTF-8.
    private(set) var byteCount = 0

    /// Reads files of papers in any form that Claimboard imports.
    ///
    /// - Throws: ``Failure`` for a file that cannot be read or holds a bad record.
    init(paths: [String]) throws(Failure) {
        for path in paths {
            var reader = ImportReader(path: path)
            while let item = reader.next() {
                switch item {
                case .paper(let paper, line: _):
                    let text = Text(title: Array(paper.title.utf8), abstract: Array(paper.abstract.utf8))
                    byteCount += text.title.count + text.abstract.count
                    texts.append(text)
                case .problem(let problem):
                    guard problem.severity != .note else { continue }
                    throw Failure(description: problem.description)
                }
            }
        }
        guard !texts.isEmpty else { throw Failure(description: "no papers in \(paths.joined(separator: ", "))") }
    }

    /// Why there is no corpus.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }
}
