/// A table with aligned columns for a terminal.
///
/// Cells are cleaned of what would move the cursor, so that a paper's text cannot paint over the screen.
package struct TextTable: TableWriter, Sendable {
    /// A column: its title, the side to which its cells are set, and whether it gives way where the line is too short.
    package struct Column: Sendable {
        let title: String
        let alignment: ColumnAlignment
        let isFlexible: Bool

        /// Makes a column.
        ///
        /// - Parameters:
        ///   - title: what stands above it.
        ///   - alignment: to which side its cells are set.
        ///   - isFlexible: whether its cells may be cut short; for titles and other long texts.
        package init(_ title: String, _ alignment: ColumnAlignment = .left, isFlexible: Bool = false) {
            self.title = title
            self.alignment = alignment
            self.isFlexible = isFlexible
        }
    }

    /// Below this many columns of the terminal a cut text says nothing.
    package static let minimumFlexibleWidth = 8
    private static let gap = 2

    private let columns: [Column]
    private var cells: [String] = []

    /// Makes a table without rows.
    ///
    /// - Parameter columns: the columns in their order, at least one.
    package init(columns: [Column]) {
        precondition(!columns.isEmpty, "a table has columns")
        self.columns = columns
    }

    /// Adds a cell to the row; `nil` is an empty one.
    package mutating func cell(_ text: String?) { cells.append(text?.cleanedForTerminal() ?? "") }

    /// Ends the row, which has to have one cell for each column.
    package mutating func endRow() {
        precondition(cells.count.isMultiple(of: columns.count), "a row has one cell for each column")
    }

    /// Sets the table.
    ///
    /// - Parameters:
    ///   - width: the longest line, in columns of the terminal; `nil` for no limit. Flexible columns give way, the
    ///     widest first; where that is not enough, lines are longer than this.
    ///   - isColoured: whether the titles are set in bold type.
    /// - Returns: the whole table, each line with its line feed and without spaces at its end.
    package func rendered(width: Int? = nil, isColoured: Bool = false) -> String {
        let widths = fittedWidths(to: width)
        let titles = line(columns.map(\.title), widths)
        var text = isColoured ? "\u{1B}[1m\(titles)\u{1B}[0m\n" : titles + "\n"
        text += line(widths.map { String(repeating: "-", count: $0) }, widths) + "\n"
        for start in stride(from: 0, to: cells.count, by: columns.count) {
            text += line(cells[start..<start + columns.count], widths) + "\n"
        }
        return text
    }

    private func line(_ cells: some Collection<String>, _ widths: [Int]) -> String {
        var line = ""
        for (cell, (column, width)) in zip(cells, zip(columns, widths)) {
            let shown = cell.truncated(toDisplayWidth: width)
            let padding = String(repeating: " ", count: width - shown.displayWidth)
            line += column.alignment == .right ? padding + shown : shown + padding
            line += String(repeating: " ", count: Self.gap)
        }
        while line.utf8.last == UInt8(ascii: " ") { line.removeLast() }
        return line
    }

    private func fittedWidths(to limit: Int?) -> [Int] {
        var widths = columns.map(\.title.displayWidth)
        for (index, cell) in cells.enumerated() {
            let column = index % columns.count
            widths[column] = max(widths[column], cell.displayWidth)
        }
        guard let limit else { return widths }
        let room = limit - Self.gap * (columns.count - 1)
        let capped = { (cap: Int) in
            zip(widths, columns).map { $1.isFlexible ? min($0, max(cap, Self.minimumFlexibleWidth)) : $0 }
        }
        var low = Self.minimumFlexibleWidth
        var high = max(low, widths.max() ?? low)
        while low < high {
            let middle = (low + high + 1) / 2
            if capped(middle).reduce(0, +) <= room { low = middle } else { high = middle - 1 }
        }
        return capped(low)
    }
}
