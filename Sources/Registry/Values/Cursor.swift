internal import Foundation

/// Where a part of a list ended: the sort key of its last item, in a form that callers need not understand.
struct Cursor {
    /// The sort key's parts.
    var fields: [String]

    /// The text to hand out.
    ///
    /// - Parameter list: the list's name; the cursor of one list is refused by another.
    /// - Returns: base64url, without padding.
    func encoded(for list: String) -> String {
        var key = Array(list.utf8)
        for field in fields {
            key += Self.separator.utf8
            key += field.utf8
        }
        return Self.base64URL(key)
    }

    /// Base64 with the alphabet for addresses, without padding (RFC 4648, section 5).
    private static func base64URL(_ bytes: [UInt8]) -> String {
        let length = (bytes.count * 4 + 2) / 3
        return String(unsafeUninitializedCapacity: length) { text in
            var (bits, bitCount, count) = (0 as UInt32, 0, 0)
            for byte in bytes {
                bits = bits << 8 | UInt32(byte)
                bitCount += 8
                while bitCount >= 6 {
                    bitCount -= 6
                    text[count] = digits[Int(bits >> bitCount & 63)]
                    count += 1
                }
            }
            if bitCount > 0 {
                text[count] = digits[Int(bits << (6 - bitCount) & 63)]
                count += 1
            }
            return count
        }
    }

    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    /// Reads a text that was handed out.
    ///
    /// - Throws: `RegistryError` (invalid) for anything else.
    init(_ text: String, list: String, count: Int) throws(RegistryError) {
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        let base64 = text.replacing("-", with: "+").replacing("_", with: "/") + padding
        let fields = Data(base64Encoded: base64).flatMap { String(validating: $0, as: UTF8.self) }?
            .components(separatedBy: Self.separator)
        guard let fields, fields.count == count + 1, fields[0] == list else {
            throw RegistryError(.invalid, "the cursor is not one of this list", field: "cursor")
        }
        self.fields = Array(fields.dropFirst())
    }

    /// Makes a cursor of a sort key.
    init(fields: [String]) {
        self.fields = fields
    }

    /// One part of the key as a whole number.
    ///
    /// A cursor may come from anyone: whoever counts on from the number gives the range that this is safe in.
    ///
    /// - Throws: `RegistryError` (invalid) where it is not one, or not in the range.
    func number(
        _ position: Int,
        in range: ClosedRange<Int64> = .min ... .max
    ) throws(RegistryError) -> Int64 {
        guard let number = Int64(fields[position]), range.contains(number) else {
            throw RegistryError(.invalid, "the cursor is not one of this list", field: "cursor")
        }
        return number
    }

    private static let separator = "\u{1F}"
}

extension PageRequest {
    /// The limit, where it is one.
    ///
    /// - Throws: `RegistryError` (invalid).
    func checkedLimit() throws(RegistryError) -> Int {
        guard (1...Self.maximumLimit).contains(limit) else {
            throw RegistryError(.invalid, "the limit must be within 1 and \(Self.maximumLimit)", field: "limit")
        }
        return limit
    }

    /// The cursor, where there is one.
    ///
    /// - Throws: `RegistryError` (invalid) where it is not one of the list.
    func cursor(of list: String, count: Int) throws(RegistryError) -> Cursor? {
        guard let cursor else { return nil }
        return try Cursor(cursor, list: list, count: count)
    }
}

extension Page {
    /// A page of `limit` items, of which one more than `limit` were read to see whether there are more.
    init(read items: [Item], limit: Int, list: String, key: (Item) -> [String]) {
        let page = Array(items.prefix(limit))
        let next = items.count > limit ? page.last.map { Cursor(fields: key($0)).encoded(for: list) } : nil
        self.init(items: page, next: next)
    }
}
