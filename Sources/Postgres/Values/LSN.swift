/// A place in the write-ahead log (`pg_lsn`): what was committed up to it is on every server that has replayed up to it
/// (https://www.postgresql.org/docs/15/datatype-pg-lsn.html).
package struct LSN: Hashable, Comparable, Sendable {
    /// The byte of the log.
    package let rawValue: UInt64

    /// Makes a place from its byte.
    package init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// Reads PostgreSQL's form, two hexadecimal numbers of up to eight digits such as `16/B374D848`.
    ///
    /// - Returns: nil for any other text.
    package init?(_ text: String) {
        var halves: [UInt64] = [0]
        var digits = 0
        for byte in text.utf8 {
            if byte == UInt8(ascii: "/") {
                guard digits > 0, halves.count == 1 else { return nil }
                halves.append(0)
                digits = 0
            } else {
                guard digits < 8, let digit = Self.digit(byte) else { return nil }
                halves[halves.count - 1] = halves[halves.count - 1] << 4 | digit
                digits += 1
            }
        }
        guard digits > 0, halves.count == 2 else { return nil }
        self.init(rawValue: halves[0] << 32 | halves[1])
    }

    private static func digit(_ byte: UInt8) -> UInt64? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
        default: nil
        }
    }

    /// Whether a place comes before another.
    package static func < (left: LSN, right: LSN) -> Bool {
        left.rawValue < right.rawValue
    }

    /// How many bytes of the log are between an earlier place and this one; 0 where that one is later.
    package func bytes(since earlier: LSN) -> UInt64 {
        rawValue > earlier.rawValue ? rawValue - earlier.rawValue : 0
    }
}

extension LSN: CustomStringConvertible {
    /// PostgreSQL's form.
    package var description: String {
        let halves = [rawValue >> 32, rawValue & 0xFFFF_FFFF].map { String($0, radix: 16, uppercase: true) }
        return halves.joined(separator: "/")
    }
}

extension LSN: PostgresDecodable {
    /// Reads PostgreSQL's form.
    package init?(postgresText bytes: Span<UInt8>) {
        guard let text = String(postgresText: bytes) else { return nil }
        self.init(text)
    }
}
