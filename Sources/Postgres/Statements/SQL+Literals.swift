extension SQL {
    /// The text with each bind as a quoted literal in its place, for the commands that take no parameters (COPY).
    ///
    /// A quoted literal is of unknown type until its context decides, just as a bind is.
    var textWithLiterals: String {
        guard !placeholders.isEmpty else { return text }
        var bytes: [UInt8] = []
        let utf8 = Array(text.utf8)
        var rest = 0
        for (index, offset) in placeholders.enumerated() {
            bytes += utf8[rest..<offset]
            SQL.appendLiteral(binds.value(at: index), to: &bytes)
            rest = offset + "$\(index + 1)".utf8.count
        }
        bytes += utf8[rest...]
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends a value as a literal that means the same whatever `standard_conforming_strings` says.
    private static func appendLiteral(_ value: ArraySlice<UInt8>?, to bytes: inout [UInt8]) {
        guard let value else {
            bytes += "NULL".utf8
            return
        }
        let quote = UInt8(ascii: "'")
        let backslash = UInt8(ascii: "\\")
        if value.contains(backslash) { bytes += " E".utf8 }
        bytes.append(quote)
        for byte in value {
            if byte == quote || byte == backslash { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(quote)
    }
}
