/// How far an element of JSON has been looked at: just its nesting, to find its end.
struct JSONElement {
    /// The line in which it starts, from 1.
    let line: Int
    /// The column in which it starts: bytes, from 0.
    let column: Int
    /// Bytes looked at.
    private(set) var count = 0
    /// Whether the last byte looked at was its last.
    private(set) var isComplete = false
    /// A mistake in the nesting, at the byte after the last one looked at.
    private(set) var defect: String?

    private var isInString = false
    private var isEscaped = false
    /// One bit for each open container, the innermost lowest: set for an object.
    private var openObjects: UInt64 = 0
    private var depth = 0
    /// The last byte that was not white space.
    private var last: UInt8 = 0

    init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// Looks at bytes until the element's end, a mistake or the end of the bytes.
    ///
    /// - Returns: the offset after the last byte looked at. The `,` or `]` after an element that is no container is not
    ///   looked at.
    mutating func scan(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var index = start
        defer { count += index - start }
        while index < bytes.count {
            let byte = bytes[index]
            if isInString {
                if !isEscaped { while index < bytes.count, !bytes[index].isStringMark { index += 1 } }
                guard index < bytes.count else { break }
                index += 1
                scanString(bytes[index - 1])
            } else if depth == 0, count + index - start > 0, byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") {
                isComplete = true
                return index
            } else {
                index += 1
                scanOutside(byte)
            }
            // The byte that is a mistake may start the next element, or its line.
            if defect != nil { return index - 1 }
            if isComplete { return index }
        }
        return index
    }

    private mutating func scanString(_ byte: UInt8) {
        if isEscaped {
            isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
            isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
            isInString = false
        } else if byte == UInt8(ascii: "\n") {
            defect = "a string has no end on its line"
        }
    }

    private mutating func scanOutside(_ byte: UInt8) {
        switch byte {
        case 0x20, 0x09, 0x0A, 0x0D: return
        case UInt8(ascii: "\""): isInString = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): open(byte)
        case UInt8(ascii: "}"), UInt8(ascii: "]"): close(byte)
        default: break
        }
        last = byte
    }

    private mutating func open(_ byte: UInt8) {
        if depth > 0 {
            let isInObject = openObjects & 1 == 1
            let fits = isInObject ? last == UInt8(ascii: ":") : last == UInt8(ascii: "[") || last == UInt8(ascii: ",")
            if !fits { defect = "“\(Character(Unicode.Scalar(byte)))” stands where no value can" }
        }
        if depth == JSONScanner.maximumDepth { defect = "it is nested more than \(JSONScanner.maximumDepth) deep" }
        depth += 1
        openObjects = openObjects << 1 | (byte == UInt8(ascii: "{") ? 1 : 0)
    }

    private mutating func close(_ byte: UInt8) {
        guard depth > 0, (openObjects & 1 == 1) == (byte == UInt8(ascii: "}")) else {
            defect = "“\(Character(Unicode.Scalar(byte)))” closes nothing"
            return
        }
        depth -= 1
        openObjects >>= 1
        isComplete = depth == 0
    }
}

extension UInt8 {
    /// Whether the byte means something in a string to who looks for its end.
    fileprivate var isStringMark: Bool {
        self == UInt8(ascii: "\"") || self == UInt8(ascii: "\\") || self == UInt8(ascii: "\n")
    }
}
