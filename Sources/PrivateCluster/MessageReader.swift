/// Reads the fields of a message of PostgreSQL's protocol.
///
/// What is missing at a message's end reads as zero or empty.
struct MessageReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The next integer, of so many bytes, the most significant first.
    mutating func integer(_ count: Int) -> Int {
        take(count).reduce(0) { $0 << 8 | Int($1) }
    }

    /// The values of a DataRow: each its length and its bytes, a length of -1 for null.
    mutating func row() -> [String?] {
        (0..<integer(2)).map { _ in
            let length = integer(4)
            return length == 0xffff_ffff ? nil : String(decoding: take(length), as: UTF8.self)
        }
    }

    /// The SQLSTATE and message of an ErrorResponse: fields of a letter and a text, each ended by a zero.
    mutating func failure() -> LocalSession.Failure {
        var code = ""
        var message = ""
        for field in bytes.split(separator: 0) {
            let text = String(decoding: field.dropFirst(), as: UTF8.self)
            switch field.first {
            case UInt8(ascii: "C"): code = text
            case UInt8(ascii: "M"): message = text
            default: break
            }
        }
        return .refused(code: code, message: message)
    }

    private mutating func take(_ count: Int) -> ArraySlice<UInt8> {
        let end = min(position + count, bytes.count)
        defer { position = end }
        return bytes[position..<end]
    }
}
