import Foundation
import Testing

/// A case file: texts behind `>`, and behind each the lines that are expected of it.
struct CaseFile {
    /// One text with what is expected of it.
    struct Case: CustomTestStringConvertible, Sendable {
        var text: String
        var expected: [String] = []

        var testDescription: String { text }
    }

    /// The cases of a file in the fixtures folder.
    static func cases(of name: String) -> [Case] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "Fixtures/\(name)"
        )
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        var cases: [Case] = []
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            if line.hasPrefix("> ") {
                cases.append(Case(text: String(line.dropFirst(2))))
            } else if !cases.isEmpty {
                cases[cases.count - 1].expected.append(String(line))
            }
        }
        return cases
    }
}
