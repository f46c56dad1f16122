/// A statement and the values bound to it.
///
/// Written as a string literal in which interpolation can only bind: `"SELECT title FROM paper WHERE id = \(id)"` becomes
/// the text `… WHERE id = $1` and one bind. Text that is not a literal gets in through the searchable `\(unescaped:)`,
/// a name through `\(identifier:)`, and another statement, its binds renumbered, through `\(fragment)`.
///
/// The server infers the type of each bind from its context, as it does for a quoted literal; where it cannot
/// (`$1 IS NULL`, `jsonb_build_object('a', $1)`), say the type: `\(value)::bigint`.
package struct SQL: Sendable {
    /// The statement as the server gets it, binds as `$1`, `$2`, ….
    package private(set) var text: String
    /// What the statement is called in logs and errors; the text never stands there.
    package private(set) var name: String?

    private(set) var binds = Binds()
    /// Whether a connection prepares the statement and keeps it; not worth it for BEGIN and the like.
    private(set) var isPrepared = true
    /// Whether text that is not a literal holds a zero byte, where the server would end the statement.
    private var textHasZeroByte = false
    /// Where in the text (UTF-8 bytes) each placeholder begins, in order.
    private(set) var placeholders: [Int] = []

    /// Makes a statement of text that is not a literal, without binds.
    package init(unescaped text: String) {
        self.text = text
        textHasZeroByte = text.utf8.contains(0)
    }

    /// The same statement, parsed anew each time it is run: for what is run once, as DDL.
    package var unprepared: SQL {
        var copy = self
        copy.isPrepared = false
        return copy
    }

    /// Why the server could not be given this statement; nil when it can.
    var defect: PostgresError? {
        if textHasZeroByte || binds.hasZeroByte {
            PostgresError(.misuse, "PostgreSQL can hold no zero byte in a text")
        } else if binds.count > 65_535 {
            PostgresError(.misuse, "a statement has at most 65,535 binds, this one \(binds.count)")
        } else {
            nil
        }
    }

    /// The same statement under a name for logs and errors.
    package func named(_ name: String) -> SQL {
        var copy = self
        copy.name = name
        return copy
    }

    /// Appends a fragment; its placeholders are renumbered to follow the ones already there.
    package mutating func append(_ fragment: SQL) {
        defer { binds.append(fragment.binds) }
        textHasZeroByte = textHasZeroByte || fragment.textHasZeroByte
        let base = text.utf8.count
        guard !placeholders.isEmpty, !fragment.placeholders.isEmpty else {
            text += fragment.text
            placeholders += fragment.placeholders.map { $0 + base }
            return
        }
        let utf8 = fragment.text.utf8
        var rest = utf8.startIndex
        for (ordinal, offset) in fragment.placeholders.enumerated() {
            let start = utf8.index(utf8.startIndex, offsetBy: offset)
            text += fragment.text[rest..<start]
            appendPlaceholder()
            rest = utf8.index(start, offsetBy: SQL.placeholder(ordinal + 1).utf8.count)
        }
        text += fragment.text[rest...]
    }

    /// The fragments one after the other, with the separator's text between each two.
    package static func joined(_ fragments: [SQL], separator: SQL) -> SQL {
        var whole = SQL(unescaped: "")
        for (index, fragment) in fragments.enumerated() {
            if index > 0 { whole.append(separator) }
            whole.append(fragment)
        }
        return whole
    }

    fileprivate mutating func appendText(_ more: String) {
        text += more
    }

    fileprivate mutating func bind(_ value: some PostgresEncodable) {
        appendPlaceholder()
        binds.append(value)
    }

    private mutating func appendPlaceholder() {
        placeholders.append(text.utf8.count)
        text += SQL.placeholder(placeholders.count)
    }

    private static func placeholder(_ number: Int) -> String {
        "$\(number)"
    }
}

extension SQL: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The text, without the values.
    package var description: String { text }
    /// The text, without the values.
    package var debugDescription: String { text }
    /// The text alone, so that no dump shows the values.
    package var customMirror: Mirror { Mirror(self, children: ["text": text]) }
}

extension SQL: ExpressibleByStringInterpolation {
    /// Makes a statement of a literal without binds.
    package init(stringLiteral text: String) {
        self.init(unescaped: text)
    }

    /// Makes a statement of a literal with interpolations.
    package init(stringInterpolation interpolation: Interpolation) {
        self = interpolation.sql
    }

    /// Collects a literal's pieces: text as it is, values as binds.
    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var sql: SQL

        /// Starts empty, with room for the literal text.
        package init(literalCapacity: Int, interpolationCount: Int) {
            var text = ""
            text.reserveCapacity(literalCapacity + 3 * interpolationCount)
            sql = SQL(unescaped: text)
        }

        /// Appends the literal's own text.
        package mutating func appendLiteral(_ literal: String) {
            sql.appendText(literal)
        }

        /// Binds a value.
        package mutating func appendInterpolation(_ value: some PostgresEncodable) {
            sql.bind(value)
        }

        /// Binds a value, or NULL.
        package mutating func appendInterpolation<Value: PostgresEncodable>(_ value: Value?) {
            sql.bind(value)
        }

        /// Puts in another statement, its binds renumbered.
        package mutating func appendInterpolation(_ fragment: SQL) {
            sql.append(fragment)
        }

        /// Puts in text as it is: never anything that came from outside.
        package mutating func appendInterpolation(unescaped text: String) {
            sql.append(SQL(unescaped: text))
        }

        /// Puts in a name of a table, column or channel, quoted.
        package mutating func appendInterpolation(identifier name: String) {
            sql.append(SQL(unescaped: SQL.quoted(identifier: name)))
        }
    }

    /// The name between double quotes, quotes in it doubled.
    private static func quoted(identifier name: String) -> String {
        var quoted = "\""
        for character in name.unicodeScalars {
            if character == "\"" { quoted.unicodeScalars.append("\"") }
            quoted.unicodeScalars.append(character)
        }
        return quoted + "\""
    }
}
