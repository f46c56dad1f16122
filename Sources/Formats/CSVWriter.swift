import Claims

/// Writes comma-separated values into a byte buffer: UTF-8, a header row, rows that end with CR LF, quotation marks where
/// they are needed, by [RFC 4180](https://www.rfc-editor.org/rfc/rfc4180).
///
/// An absent value is an empty cell, an empty text is `""`.
package struct CSVWriter: TableWriter, Sendable {
    /// What becomes of cells that a spreadsheet would run.
    package enum Cells: Sendable {
        /// A cell that starts like a formula gets an apostrophe before it, so that a spreadsheet shows it as text. Plain
        /// numbers stay as they are.
        /// ([OWASP: CSV injection](https://owasp.org/www-community/attacks/CSV_Injection).)
        case harmless
        /// Every cell as it is, for programs.
        case raw
    }

    /// The CSV written since the start or the last ``takeBytes()``: UTF-8.
    package private(set) var bytes: [UInt8] = []
    private let columnCount: Int
    private let cells: Cells
    private var cellsInRow = 0

    /// Starts with the header row.
    ///
    /// - Parameters:
    ///   - columns: the columns' names in their order, at least one.
    ///   - cells: what becomes of cells that a spreadsheet would run.
    package init(columns: [String], cells: Cells = .harmless) {
        precondition(!columns.isEmpty, "a table has columns")
        self.columnCount = columns.count
        self.cells = cells
        for column in columns { cell(column) }
        endRow()
    }

    /// Adds a cell to the row; `nil` is an empty one.
    package mutating func cell(_ text: String?) {
        beginCell()
        guard var text else { return }
        text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
    }

    /// Adds a cell with a whole number.
    package mutating func cell(_ number: Int?) {
        beginCell()
        if let number { bytes.append(decimal: number) }
    }

    /// Adds a cell from UTF-8 bytes, which are not looked at again.
    package mutating func cell(utf8 text: UnsafeRawBufferPointer) {
        beginCell()
        append(text)
    }

    /// Ends the row, which has to have one cell for each column.
    package mutating func endRow() {
        precondition(cellsInRow == columnCount, "a row has one cell for each column")
        cellsInRow = 0
        bytes.append(UInt8(ascii: "\r"))
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Hands over the bytes written so far, for tables that are sent in pieces.
    ///
    /// Nothing is copied; writing goes on in an empty buffer of the same room.
    package mutating func takeBytes() -> [UInt8] {
        var taken: [UInt8] = []
        taken.reserveCapacity(bytes.capacity)
        swap(&taken, &bytes)
        return taken
    }

    private mutating func beginCell() {
        precondition(cellsInRow < columnCount, "a row has one cell for each column")
        if cellsInRow > 0 { bytes.append(UInt8(ascii: ",")) }
        cellsInRow += 1
    }

    private mutating func append(_ text: UnsafeRawBufferPointer) {
        let isGuarded = cells == .harmless && text.startsLikeFormula && !text.isPlainNumber
        guard text.needsQuotes else {
            if isGuarded { bytes.append(UInt8(ascii: "'")) }
            bytes.append(contentsOf: text)
            return
        }
        bytes.append(UInt8(ascii: "\""))
        if isGuarded { bytes.append(UInt8(ascii: "'")) }
        for byte in text {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

extension UnsafeRawBufferPointer {
    /// Whether the text has to stand in quotation marks.
    ///
    /// By the RFC spaces at a cell's ends are part of it, but many readers trim them unless they are quoted.
    fileprivate var needsQuotes: Bool {
        if isEmpty || first == UInt8(ascii: " ") || last == UInt8(ascii: " ") { return true }
        return contains { byte in
            byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\r")
                || byte == UInt8(ascii: "\n")
        }
    }

    /// Whether a spreadsheet may take the text for a formula: it starts with `=`, `+`, `-`, `@`, one of their full-width
    /// forms (U+FF1D, U+FF0B, U+FF0D, U+FF20), a tab or a line end.
    fileprivate var startsLikeFormula: Bool {
        switch first {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0A, 0x0D: true
        case 0xEF:
            count >= 3 && self[1] == 0xBC && [0x9D, 0x8B, 0x8D, 0xA0].contains(self[2])
        default: false
        }
    }

    fileprivate var isPlainNumber: Bool {
        count <= ExactDecimal.maximumLength && ExactDecimal(String(decoding: self, as: UTF8.self)) != nil
    }
}
