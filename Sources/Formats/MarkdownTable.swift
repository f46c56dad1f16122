/// A table in [GitHub Flavored Markdown](https://github.github.com/gfm/#tables-extension-).
package struct MarkdownTable: TableWriter, Sendable {
    /// A column: its title and the side to which its cells are set.
    package struct Column: Sendable {
        let title: String
        let alignment: ColumnAlignment

        /// Makes a column.
        package init(_ title: String, _ alignment: ColumnAlignment = .left) {
            self.title = title
            self.alignment = alignment
        }
    }

    /// The table's text so far, each line with its line feed.
    package private(set) var text = ""
    private let columnCount: Int
    private var cellsInRow = 0

    /// Starts with the titles.
    ///
    /// - Parameter columns: the columns in their order, at least one.
    package init(columns: [Column]) {
        precondition(!columns.isEmpty, "a table has columns")
        self.columnCount = columns.count
        for column in columns { cell(column.title) }
        endRow()
        for column in columns { add(column.alignment == .right ? "---:" : "---") }
        endRow()
    }

    /// Adds a cell to the row, with everything escaped that Markdown or HTML would read as markup; `nil` is an empty one.
    package mutating func cell(_ text: String?) { add(text.map(Self.escaped) ?? "") }

    /// Adds a cell with a link.
    ///
    /// - Parameters:
    ///   - text: the words of the link.
    ///   - url: where it leads; only `http` and `https` become links, anything else leaves the words alone.
    package mutating func cell(_ text: String, linkingTo url: String) {
        guard url.hasPrefix("https://") || url.hasPrefix("http://") else { return cell(text) }
        add("[\(Self.escaped(text))](<\(Self.encoded(url))>)")
    }

    /// Ends the row, which has to have one cell for each column.
    package mutating func endRow() {
        precondition(cellsInRow == columnCount, "a row has one cell for each column")
        cellsInRow = 0
        text += " |\n"
    }

    private mutating func add(_ markdown: String) {
        precondition(cellsInRow < columnCount, "a row has one cell for each column")
        text += cellsInRow == 0 ? "| " : " | "
        text += markdown
        cellsInRow += 1
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", "`", "*", "_", "[", "]", "<", ">", "|", "~", "$", "&":
                result.unicodeScalars.append("\\")
                result.unicodeScalars.append(scalar)
            case _ where scalar.properties.isWhitespace || scalar.value < 0x20:
                result.unicodeScalars.append(" ")
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// The address with everything percent-encoded that would end a link or a cell.
    private static func encoded(_ url: String) -> String {
        var bytes: [UInt8] = []
        for byte in url.utf8 {
            switch byte {
            case ...0x20, 0x7F, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "|"), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "%"))
                bytes.append(hexDigit: byte >> 4)
                bytes.append(hexDigit: byte & 15)
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
