internal import CLibPQ

extension PostgresError {
    /// Reads the error that a result stands for, leaving out what may repeat a value.
    init(result: OpaquePointer?, statementName: String?) {
        func field(_ code: Character) -> String? {
            guard let ascii = code.asciiValue, let text = PQresultErrorField(result, Int32(ascii)) else { return nil }
            return String(cString: text)
        }
        let state = field("C")
        let severity = field("V")
        self.init(
            PostgresError.code(sqlState: state, severity: severity, message: field("M")),
            PostgresError.withoutValues(field("M") ?? "no message", sqlState: state)
        )
        self.sqlState = state
        self.severity = severity
        constraintName = field("n")
        tableName = field("t")
        columnName = field("c")
        self.statementName = statementName
    }

    /// A server that ends the session (class 57P, or any FATAL) has taken the connection away; one that ends a statement
    /// after its own time limit says so in words alone, since its code is that of any cancellation.
    private static func code(sqlState: String?, severity: String?, message: String?) -> Code {
        if sqlState == "57014", message?.contains("statement timeout") == true { return .timeout }
        guard let sqlState, severity != "FATAL", severity != "PANIC" else { return .connectionLost }
        return sqlState.hasPrefix("57P0") ? .connectionLost : .server
    }

    /// The classes whose messages name only what the schema and the statement's text hold.
    private static let harmlessClasses: Set<Substring> = [
        "08", "0A", "21", "23", "25", "26", "28", "2B", "34", "3D", "3F", "40", "42", "53", "54", "55", "57", "58",
        "XX",
    ]

    /// Cuts a message where it may begin to repeat a value: `invalid input syntax for type integer: "x"` and the like
    /// quote it, or put it after a colon.
    ///
    /// Quotation marks differ with the server's language.
    static func withoutValues(_ message: String, sqlState: String?) -> String {
        if let sqlState, harmlessClasses.contains(sqlState.prefix(2)) { return message }
        let marks: Set<Character> = ["\"", ":", "'", "«", "„", "“", "「", "‘"]
        guard let cut = message.firstIndex(where: { marks.contains($0) }) else { return message }
        return message[..<cut] + "…"
    }
}
