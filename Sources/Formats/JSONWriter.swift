/// Writes JSON straight into a byte buffer: no tree of values in between, no spaces, keys in the order of the calls.
///
/// Nesting is checked as it is written: a value without a name inside an object, a second top-level value on one line,
/// or an end that does not fit its beginning is a programmer's mistake and stops the program. What comes out is
/// therefore always well formed, by [RFC 8259](https://www.rfc-editor.org/rfc/rfc8259).
package struct JSONWriter: Sendable {
    /// What is escaped in strings beyond what JSON asks for.
    package enum Escaping: Sendable {
        /// Quotation marks, backslashes and control characters: what RFC 8259 asks for.
        case minimal
        /// Also `<`, U+2028 and U+2029, so that the JSON can stand inside an HTML `script` element.
        case script
    }

    /// The JSON written since the last ``reset()`` or ``takeBytes()``: UTF-8.
    package private(set) var bytes: [UInt8]
    /// What is escaped.
    package let escaping: Escaping

    /// One bit for each open container, the innermost lowest: set for an object.
    private var openObjects: UInt64 = 0
    private var depth = 0
    private var needsComma = false
    private var expectsValue = false

    /// The deepest nesting: one bit each in a word, and far more than the eight levels of our own shapes.
    package static let maximumDepth = 64

    /// Makes an empty writer.
    ///
    /// - Parameters:
    ///   - capacity: bytes to make room for at the start.
    ///   - escaping: what is escaped in strings.
    package init(capacity: Int = 1024, escaping: Escaping = .minimal) {
        self.bytes = []
        self.escaping = escaping
        bytes.reserveCapacity(capacity)
    }

    /// The JSON written so far, as a string.
    package var string: String { String(decoding: bytes, as: UTF8.self) }

    /// Forgets everything and keeps the room, so that the next document allocates nothing.
    package mutating func reset() {
        bytes.removeAll(keepingCapacity: true)
        (openObjects, depth, needsComma, expectsValue) = (0, 0, false, false)
    }

    /// Hands over the bytes written so far, for documents that are sent in pieces.
    ///
    /// Nothing is copied; writing goes on in the same nesting, in an empty buffer of the same room.
    package mutating func takeBytes() -> [UInt8] {
        var taken: [UInt8] = []
        taken.reserveCapacity(bytes.capacity)
        swap(&taken, &bytes)
        return taken
    }

    /// Ends a line of JSON Lines: the next value is a document of its own.
    package mutating func endLine() {
        precondition(depth == 0 && needsComma, "a line holds one whole value")
        bytes.append(UInt8(ascii: "\n"))
        needsComma = false
    }
}

// MARK: Containers

extension JSONWriter {
    /// Opens an object; ``endObject()`` closes it.
    package mutating func beginObject() { begin(UInt8(ascii: "{"), isObject: true) }

    /// Closes the innermost container, an object.
    package mutating func endObject() { end(UInt8(ascii: "}"), isObject: true) }

    /// Opens an array; ``endArray()`` closes it.
    package mutating func beginArray() { begin(UInt8(ascii: "["), isObject: false) }

    /// Closes the innermost container, an array.
    package mutating func endArray() { end(UInt8(ascii: "]"), isObject: false) }

    /// Writes an object with the members that the closure writes.
    package mutating func object<Failure>(
        _ members: (inout JSONWriter) throws(Failure) -> Void
    ) throws(Failure) {
        beginObject()
        try members(&self)
        endObject()
    }

    /// Writes an array with the values that the closure writes.
    package mutating func array<Failure>(
        _ elements: (inout JSONWriter) throws(Failure) -> Void
    ) throws(Failure) {
        beginArray()
        try elements(&self)
        endArray()
    }

    private mutating func begin(_ bracket: UInt8, isObject: Bool) {
        beginValue()
        precondition(depth < Self.maximumDepth, "JSON nested too deep")
        depth += 1
        openObjects = openObjects << 1 | (isObject ? 1 : 0)
        needsComma = false
        bytes.append(bracket)
    }

    private mutating func end(_ bracket: UInt8, isObject: Bool) {
        precondition(depth > 0 && isInObject == isObject && !expectsValue, "this end does not fit its beginning")
        depth -= 1
        openObjects >>= 1
        needsComma = true
        bytes.append(bracket)
    }

    private var isInObject: Bool { openObjects & 1 == 1 }
}

// MARK: Names and values

extension JSONWriter {
    /// Writes a member's name; its value has to follow.
    ///
    /// - Parameter name: ASCII that needs no escaping.
    package mutating func name(_ name: StaticString) {
        beginName()
        // SAFETY: the storage of an ASCII static string lives as long as the program.
        precondition(name.isASCII, "fixed names are ASCII")
        bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }

    /// Writes a member's name that is only known at run time; its value has to follow.
    package mutating func name(dynamic name: some StringProtocol) {
        beginName()
        bytes.append(jsonEscaped: name, escaping)
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }

    /// Writes a string.
    package mutating func value(_ text: some StringProtocol) {
        beginValue()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(jsonEscaped: text, escaping)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes a string from its UTF-8 bytes.
    ///
    /// - Parameter text: valid UTF-8; this is not looked at again.
    package mutating func value(utf8 text: UnsafeRawBufferPointer) {
        beginValue()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(jsonEscaped: text, escaping)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes a whole number.
    package mutating func value(_ number: some FixedWidthInteger) {
        beginValue()
        bytes.append(decimal: number)
    }

    /// Writes `true` or `false`.
    package mutating func value(_ truth: Bool) {
        beginValue()
        bytes.append(contentsOf: truth ? "true".utf8 : "false".utf8)
    }

    /// Writes a binary fraction in the shortest form that reads back as the same number.
    ///
    /// For confidences and measurements; reported numbers are ``ExactDecimal``.
    ///
    /// - Parameter number: finite; JSON has no word for what is not.
    package mutating func value(_ number: Double) {
        precondition(number.isFinite, "JSON has no number that is not finite")
        beginValue()
        bytes.append(contentsOf: number.description.utf8)
    }

    /// Writes `null`.
    package mutating func null() {
        beginValue()
        bytes.append(contentsOf: "null".utf8)
    }

    /// Writes a value that is JSON already, such as a `jsonb` column.
    ///
    /// - Parameter json: one whole, valid JSON value; this is not looked at again.
    package mutating func value(json: UnsafeRawBufferPointer) {
        beginValue()
        bytes.append(contentsOf: json)
    }

    private mutating func beginName() {
        precondition(isInObject && !expectsValue, "a name belongs into an object")
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
        expectsValue = true
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func beginValue() {
        if expectsValue {
            expectsValue = false
            return
        }
        precondition(!isInObject, "a value in an object needs a name")
        if needsComma {
            precondition(depth > 0, "one value a document")
            bytes.append(UInt8(ascii: ","))
        }
        needsComma = true
    }
}
