package import Claims

/// What takes rows of cells and makes a table of them: the same rows go out as CSV, Markdown or text.
package protocol TableWriter {
    /// Adds a cell to the row; `nil` is an empty one.
    mutating func cell(_ text: String?)
    /// Ends the row, which has to have one cell for each column.
    mutating func endRow()
}

extension TableWriter {
    /// Adds a cell with a whole number.
    package mutating func cell(_ number: Int?) { cell(number?.description) }

    /// Adds a cell with a number as printed.
    package mutating func cell(_ number: ExactDecimal?) { cell(number?.description) }

    /// Adds a whole row.
    package mutating func row(_ cells: String?...) {
        for text in cells { cell(text) }
        endRow()
    }
}

/// To which side a column's cells are set.
package enum ColumnAlignment: Sendable {
    case left
    /// For numbers.
    case right
}
