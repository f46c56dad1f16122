/// A `uuid`: sixteen bytes.
package struct PostgresUUID: Hashable, PostgresEncodable, PostgresDecodable, CustomStringConvertible {
    /// The bytes, most significant first.
    package let bytes: [UInt8]

    /// Wraps sixteen bytes; nil for any other number.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Reads the form with hyphens, 8-4-4-4-12.
    package init?(_ text: String) {
        self.init(postgresText: text.utf8.span)
    }

    /// The form with hyphens, in lower case.
    package var description: String {
        var text: [UInt8] = []
        appendPostgresText(to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Writes the form with hyphens.
    package func appendPostgresText(to bytes: inout [UInt8]) {
        for (index, byte) in self.bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { bytes.append(UInt8(ascii: "-")) }
            Hexadecimal.append(byte, to: &bytes)
        }
    }

    /// Reads the form with hyphens.
    package init?(postgresText bytes: Span<UInt8>) {
        guard bytes.count == 36 else { return nil }
        var values: [UInt8] = []
        var position = 0
        while position < 36 {
            if [8, 13, 18, 23].contains(position) {
                guard bytes[position] == UInt8(ascii: "-") else { return nil }
                position += 1
            }
            guard let high = Hexadecimal.digit(bytes[position]), let low = Hexadecimal.digit(bytes[position + 1])
            else { return nil }
            values.append(high << 4 | low)
            position += 2
        }
        self.bytes = values
    }
}
