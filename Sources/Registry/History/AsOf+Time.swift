import Claims

extension AsOf {
    /// The time that a text means, in the form that PostgreSQL reads; of a day or month the last microsecond.
    ///
    /// - Parameters:
    ///   - text: a month, a day, or a time in UTC with seconds and up to six digits after them.
    ///   - bytes: the same in UTF-8.
    /// - Returns: `nil` for anything else.
    static func time(of text: String, _ bytes: [UInt8]) -> String? {
        if bytes.count <= 10 {
            guard let date = PublicationDate(text), date.month != nil else { return nil }
            return "\(date.lastDay)T23:59:59.999999Z"
        }
        guard bytes.count <= 27, bytes.count >= 20, bytes.last == UInt8(ascii: "Z"),
            let date = PublicationDate(String(text.prefix(10))), date.day != nil,
            Self.isTimeOfDay(bytes[10..<(bytes.count - 1)])
        else { return nil }
        return text
    }

    /// Whether it is `T12:34:56` or `T12:34:56.789`.
    private static func isTimeOfDay(_ bytes: ArraySlice<UInt8>) -> Bool {
        let pattern = Array("T00:00:00.000000".utf8)
        guard bytes.count == 9 || bytes.count > 10 else { return false }
        let fits = zip(bytes, pattern).allSatisfy { byte, wanted in
            wanted == UInt8(ascii: "0") ? (48...57).contains(byte) : byte == wanted
        }
        func number(_ place: Int) -> Int {
            let start = bytes.startIndex + place
            return Int(bytes[start] - 48) * 10 + Int(bytes[start + 1] - 48)
        }
        return fits && number(1) < 24 && number(4) < 60 && number(7) < 60
    }
}
