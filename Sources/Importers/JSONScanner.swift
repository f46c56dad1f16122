/// Reads the JSON of one record from its bytes, strictly by [RFC 8259](https://www.rfc-editor.org/rfc/rfc8259), and
/// makes values only of what it is asked for.
///
/// Not Foundation's parser, because that takes a name that stands twice, and loses U+FEFF from texts.
struct JSONScanner {
    /// What kind of value comes next.
    enum ValueKind: String {
        case string = "a string"
        case number = "a number"
        case boolean = "true or false"
        case null
        case object = "an object"
        case array = "an array"
    }

    private let bytes: UnsafeRawBufferPointer
    private var position = 0
    private var depth = 0

    /// The deepest nesting: far more than records of papers have, and no danger to the stack.
    static let maximumDepth = 64

    /// Starts before the first value.
    ///
    /// - Parameter bytes: valid UTF-8, which has to stay as long as the scanner.
    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// Tells what comes next, past white space.
    mutating func kind() throws(RecordDefect) -> ValueKind {
        skipSpace()
        guard position < bytes.count else { throw defect("the JSON ends too early") }
        switch bytes[position] {
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .boolean
        case UInt8(ascii: "n"): return .null
        default: throw defect("there is no value")
        }
    }

    /// Makes sure that nothing but white space is left.
    mutating func finish() throws(RecordDefect) {
        skipSpace()
        guard position == bytes.count else { throw defect("there is more after the value") }
    }

    /// Reads an object; the closure has to read or skip each member's value.
    mutating func members(
        _ member: (inout JSONScanner, String) throws(RecordDefect) -> Void
    ) throws(RecordDefect) {
        try elements(from: "{", to: "}") { scanner throws(RecordDefect) in
            guard try scanner.kind() == .string else { throw scanner.defect("a name in quotation marks is missing") }
            let name = try scanner.string()
            try scanner.take(":")
            try member(&scanner, name)
        }
    }

    /// Reads an array; the closure has to read or skip each element.
    mutating func elements(
        _ element: (inout JSONScanner) throws(RecordDefect) -> Void
    ) throws(RecordDefect) {
        try elements(from: "[", to: "]", element)
    }

    /// Reads a number as it is printed.
    mutating func number() throws(RecordDefect) -> String {
        let start = position
        skipIf("-")
        let whole = skipDigits()
        guard whole == 1 || whole > 1 && bytes[position - whole] != UInt8(ascii: "0") else {
            throw defect("a number is malformed")
        }
        if skipIf("."), skipDigits() == 0 { throw defect("a number is malformed") }
        if skipIf("e") || skipIf("E") {
            if !skipIf("+") { skipIf("-") }
            if skipDigits() == 0 { throw defect("a number is malformed") }
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    /// Reads a string.
    mutating func string() throws(RecordDefect) -> String {
        try take("\"")
        let start = position
        skipPlain()
        if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
            position += 1
            return String(decoding: bytes[start..<position - 1], as: UTF8.self)
        }
        var text = [UInt8](bytes[start..<position])
        while true {
            guard position < bytes.count else { throw defect("a string has no end") }
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                position += 1
                try unescape(into: &text)
            default: throw defect("a string holds an unescaped control character")
            }
            let plain = position
            skipPlain()
            text.append(contentsOf: bytes[plain..<position])
        }
    }

    /// Reads any value and forgets it.
    mutating func skipValue() throws(RecordDefect) {
        switch try kind() {
        case .string: try skipString()
        case .number: _ = try number()
        case .boolean: try skipWord(bytes[position] == UInt8(ascii: "t") ? "true" : "false")
        case .null: try skipWord("null")
        case .object:
            try elements(from: "{", to: "}") { scanner throws(RecordDefect) in
                guard try scanner.kind() == .string else {
                    throw scanner.defect("a name in quotation marks is missing")
                }
                try scanner.skipString()
                try scanner.take(":")
                try scanner.skipValue()
            }
        case .array: try elements { scanner throws(RecordDefect) in try scanner.skipValue() }
        }
    }
}

extension JSONScanner {
    private mutating func elements(
        from open: Unicode.Scalar,
        to close: Unicode.Scalar,
        _ element: (inout JSONScanner) throws(RecordDefect) -> Void
    ) throws(RecordDefect) {
        try take(open)
        depth += 1
        guard depth <= Self.maximumDepth else { throw defect("the JSON is nested more than \(Self.maximumDepth) deep") }
        skipSpace()
        if !skipIf(close) {
            repeat {
                try element(&self)
                skipSpace()
            } while skipIf(",")
            try take(close)
        }
        depth -= 1
    }

    private mutating func unescape(into text: inout [UInt8]) throws(RecordDefect) {
        guard position < bytes.count else { throw defect("a string has no end") }
        position += 1
        switch bytes[position - 1] {
        case UInt8(ascii: "\""): text.append(UInt8(ascii: "\""))
        case UInt8(ascii: "\\"): text.append(UInt8(ascii: "\\"))
        case UInt8(ascii: "/"): text.append(UInt8(ascii: "/"))
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            var code = UInt32(try hexDigits())
            if (0xD800..<0xDC00).contains(code), skipIf("\\"), skipIf("u") {
                let low = UInt32(try hexDigits())
                guard (0xDC00..<0xE000).contains(low) else { throw defect("a surrogate in a string has no partner") }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw defect("a surrogate in a string has no partner") }
            text.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
        default: throw defect("a string holds an unknown escape")
        }
    }

    private mutating func hexDigits() throws(RecordDefect) -> UInt16 {
        var code: UInt16 = 0
        for _ in 0..<4 {
            let byte = position < bytes.count ? bytes[position] : 0
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: throw defect("a string holds an escape without four hexadecimal digits")
            }
            code = code << 4 | UInt16(digit)
            position += 1
        }
        return code
    }

    private mutating func skipString() throws(RecordDefect) {
        try take("\"")
        while true {
            skipPlain()
            guard position < bytes.count else { throw defect("a string has no end") }
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return
            case UInt8(ascii: "\\"):
                position += 1
                var ignored: [UInt8] = []
                try unescape(into: &ignored)
            default: throw defect("a string holds an unescaped control character")
            }
        }
    }

    private mutating func skipWord(_ word: StaticString) throws(RecordDefect) {
        for index in 0..<word.utf8CodeUnitCount {
            guard position < bytes.count, bytes[position] == word.utf8Start[index] else {
                throw defect("there is no value")
            }
            position += 1
        }
    }

    /// Skips what stands in a string as it is.
    private mutating func skipPlain() {
        while position < bytes.count {
            let byte = bytes[position]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return }
            position += 1
        }
    }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    private mutating func skipDigits() -> Int {
        let start = position
        while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
        return position - start
    }

    @discardableResult private mutating func skipIf(_ scalar: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: scalar) else { return false }
        position += 1
        return true
    }

    private mutating func take(_ scalar: Unicode.Scalar) throws(RecordDefect) {
        skipSpace()
        guard skipIf(scalar) else { throw defect("“\(scalar)” is missing") }
    }

    private func defect(_ what: String) -> RecordDefect {
        RecordDefect(
            kind: .syntax,
            what: "not valid JSON: \(what) (byte \(position + 1) of the record)",
            lineOffset: bytes[..<position].count { $0 == UInt8(ascii: "\n") }
        )
    }
}
