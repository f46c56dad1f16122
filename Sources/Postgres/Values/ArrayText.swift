/// PostgreSQL's text form of one-dimensional arrays: `{1,NULL,"a \"b\""}`.
enum ArrayText {
    private static let quote = UInt8(ascii: "\"")
    private static let backslash = UInt8(ascii: "\\")
    private static let comma = UInt8(ascii: ",")
    private static let open = UInt8(ascii: "{")
    private static let close = UInt8(ascii: "}")

    static func append(_ values: [some PostgresEncodable], to bytes: inout [UInt8]) {
        var element: [UInt8] = []
        bytes.append(open)
        for (index, value) in values.enumerated() {
            if index > 0 { bytes.append(comma) }
            guard !value.isPostgresNull else {
                bytes += "NULL".utf8
                continue
            }
            element.removeAll(keepingCapacity: true)
            value.appendPostgresText(to: &element)
            bytes.append(quote)
            for byte in element {
                if byte == quote || byte == backslash { bytes.append(backslash) }
                bytes.append(byte)
            }
            bytes.append(quote)
        }
        bytes.append(close)
    }

    /// Reads the elements; nil for anything but one dimension with the default lower bound.
    static func parse<Element: PostgresDecodable>(_ bytes: Span<UInt8>) -> [Element]? {
        guard bytes.count >= 2, bytes[0] == open, bytes[bytes.count - 1] == close else { return nil }
        var elements: [Element] = []
        var element: [UInt8] = []
        var position = 1
        let end = bytes.count - 1
        while position < end {
            element.removeAll(keepingCapacity: true)
            guard let isQuoted = scanElement(bytes, end: end, position: &position, into: &element) else { return nil }
            if !isQuoted, isNull(element) {
                guard let null = Element.postgresNull else { return nil }
                elements.append(null)
            } else {
                guard let value = Element(postgresText: element.span) else { return nil }
                elements.append(value)
            }
            if position < end {
                guard bytes[position] == comma, position + 1 < end else { return nil }
                position += 1
            }
        }
        return elements
    }

    /// Reads one element without its quotes up to the comma or the end; nil when it is malformed.
    private static func scanElement(
        _ bytes: Span<UInt8>,
        end: Int,
        position: inout Int,
        into element: inout [UInt8]
    ) -> Bool? {
        let isQuoted = bytes[position] == quote
        if isQuoted { position += 1 }
        while position < end {
            let byte = bytes[position]
            switch byte {
            case quote where isQuoted:
                position += 1
                return true
            case comma where !isQuoted:
                return element.isEmpty ? nil : false
            case open where !isQuoted, close where !isQuoted, quote:
                return nil
            case backslash:
                position += 1
                guard position < end else { return nil }
                element.append(bytes[position])
            default:
                element.append(byte)
            }
            position += 1
        }
        return isQuoted || element.isEmpty ? nil : false
    }

    /// Whether an unquoted element stands for NULL (in any case of letters).
    private static func isNull(_ element: [UInt8]) -> Bool {
        element.count == 4 && zip(element, "null".utf8).allSatisfy { $0 | 0x20 == $1 }
    }
}
