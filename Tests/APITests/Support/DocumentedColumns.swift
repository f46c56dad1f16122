import Foundation

/// The columns that Docs/csv.md documents.
enum DocumentedColumns {
    /// The first cells of the table behind a heading.
    static func under(_ heading: String) -> [String] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Docs/csv.md")
        let text = (try? String(contentsOf: file.standardized, encoding: .utf8)) ?? ""
        let lines = text.components(separatedBy: "\n")
        let start = lines.firstIndex(of: heading) ?? lines.endIndex
        let section = lines[start...].dropFirst().prefix { !$0.hasPrefix("#") }
        let rows = section.filter { $0.hasPrefix("| ") && !$0.hasPrefix("| column") }
        return rows.map { String($0.split(separator: "|")[0]).trimmingCharacters(in: .whitespaces) }
    }
}
