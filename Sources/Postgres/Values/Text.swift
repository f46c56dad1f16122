extension String: PostgresEncodable, PostgresDecodable {
    /// Writes the UTF-8 bytes.
    package func appendPostgresText(to bytes: inout [UInt8]) {
        bytes += utf8
    }

    /// Reads UTF-8; nil when it is not valid.
    package init?(postgresText bytes: Span<UInt8>) {
        guard let text = try? UTF8Span(validating: bytes) else { return nil }
        self.init(copying: text)
    }
}

/// A single byte: as a value a small number, as an array a `bytea`.
extension UInt8: PostgresEncodable, PostgresDecodable {
    /// Writes decimal digits.
    package func appendPostgresText(to bytes: inout [UInt8]) {
        Int16(self).appendPostgresText(to: &bytes)
    }

    /// Writes `\x` and hexadecimal digits.
    package static func appendPostgresArray(_ values: [UInt8], to bytes: inout [UInt8]) {
        bytes += "\\x".utf8
        for byte in values { Hexadecimal.append(byte, to: &bytes) }
    }

    /// Reads decimal digits; nil above 255.
    package init?(postgresText bytes: Span<UInt8>) {
        guard let number = Int16(postgresText: bytes), let byte = UInt8(exactly: number) else { return nil }
        self = byte
    }

    /// Reads `\x` and hexadecimal digits.
    package static func postgresArray(_ bytes: Span<UInt8>) -> [UInt8]? {
        guard bytes.count >= 2, bytes.count.isMultiple(of: 2), bytes[0] == UInt8(ascii: "\\"),
            bytes[1] == UInt8(ascii: "x")
        else { return nil }
        var values: [UInt8] = []
        values.reserveCapacity(bytes.count / 2 - 1)
        for index in stride(from: 2, to: bytes.count, by: 2) {
            guard let high = Hexadecimal.digit(bytes[index]), let low = Hexadecimal.digit(bytes[index + 1]) else {
                return nil
            }
            values.append(high << 4 | low)
        }
        return values
    }
}

/// JSON text as PostgreSQL stores or prints it (`json` and `jsonb`), not parsed.
package struct PostgresJSON: Hashable, PostgresEncodable, PostgresDecodable {
    /// The UTF-8 bytes of the JSON text.
    package var bytes: [UInt8]

    /// Wraps JSON text.
    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Writes the text as it is.
    package func appendPostgresText(to bytes: inout [UInt8]) {
        bytes += self.bytes
    }

    /// Keeps the text as it is.
    package init?(postgresText bytes: Span<UInt8>) {
        self.bytes = bytes.withUnsafeBufferPointer { Array($0) }
    }
}

/// Hexadecimal digits, one byte at a time.
enum Hexadecimal {
    static func append(_ byte: UInt8, to bytes: inout [UInt8]) {
        bytes.append(character(byte >> 4))
        bytes.append(character(byte & 15))
    }

    static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    private static func character(_ digit: UInt8) -> UInt8 {
        digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
    }
}
