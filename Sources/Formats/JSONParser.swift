/// Reads JSON strictly by RFC 8259, and refuses what readers disagree on: members named twice, lone surrogates, a byte
/// order mark.
package struct JSONParser {
    let bytes: [UInt8]
    var index = 0
    private var depth = 0

    /// The deepest nesting taken.
    ///
    /// What the API takes is at most four deep.
    package static let maximumDepth = 32

    /// Reads a whole text.
    package static func parse(_ bytes: [UInt8]) throws(JSONFault) -> JSONNode {
        var parser = JSONParser(bytes: bytes)
        let node = try parser.value()
        parser.skipSpace()
        guard parser.index == bytes.count else { throw parser.fault("something follows the value") }
        return node
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }
}

extension JSONParser {
    private mutating func value() throws(JSONFault) -> JSONNode {
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case nil: throw fault("the text ends where a value is expected")
        case .some(let byte):
            guard byte == UInt8(ascii: "-") || (48...57).contains(byte) else { throw fault("a value is expected") }
            return try number()
        }
    }

    private mutating func object() throws(JSONFault) -> JSONNode {
        try enter()
        var members: [(name: String, value: JSONNode)] = []
        var names: Set<String> = []
        skipSpace()
        if peek == UInt8(ascii: "}") { return leave(.object([])) }
        while true {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else { throw fault("a member's name is expected") }
            let start = index
            let name = try string()
            guard names.insert(name).inserted else {
                throw JSONFault(message: "a member is named twice", offset: start)
            }
            skipSpace()
            guard peek == UInt8(ascii: ":") else { throw fault("a colon is expected") }
            index += 1
            members.append((name, try value()))
            skipSpace()
            switch peek {
            case UInt8(ascii: ","): index += 1
            case UInt8(ascii: "}"): return leave(.object(members))
            default: throw fault("a comma or the end of the object is expected")
            }
        }
    }

    private mutating func array() throws(JSONFault) -> JSONNode {
        try enter()
        var elements: [JSONNode] = []
        skipSpace()
        if peek == UInt8(ascii: "]") { return leave(.array([])) }
        while true {
            elements.append(try value())
            skipSpace()
            switch peek {
            case UInt8(ascii: ","): index += 1
            case UInt8(ascii: "]"): return leave(.array(elements))
            default: throw fault("a comma or the end of the array is expected")
            }
        }
    }

    private mutating func number() throws(JSONFault) -> JSONNode {
        let start = index
        if peek == UInt8(ascii: "-") { index += 1 }
        let whole = digits()
        guard whole > 0 else { throw fault("a digit is expected") }
        let first = bytes[index - whole]
        guard whole == 1 || first != UInt8(ascii: "0") else { throw fault("a number does not start with 0") }
        if peek == UInt8(ascii: ".") {
            index += 1
            guard digits() > 0 else { throw fault("a digit is expected") }
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            index += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { index += 1 }
            guard digits() > 0 else { throw fault("a digit is expected") }
        }
        return .number(String(decoding: bytes[start..<index], as: UTF8.self))
    }

    private mutating func digits() -> Int {
        let start = index
        while let byte = peek, (48...57).contains(byte) { index += 1 }
        return index - start
    }

    private mutating func word(_ word: StaticString, _ node: JSONNode) throws(JSONFault) -> JSONNode {
        let text = word.description.utf8
        guard bytes[index...].starts(with: text) else { throw fault("a value is expected") }
        index += text.count
        return node
    }
}

extension JSONParser {
    var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    }

    private mutating func enter() throws(JSONFault) {
        depth += 1
        guard depth <= Self.maximumDepth else { throw fault("the nesting is too deep") }
        index += 1
    }

    private mutating func leave(_ node: JSONNode) -> JSONNode {
        depth -= 1
        index += 1
        return node
    }

    func fault(_ message: String) -> JSONFault {
        JSONFault(message: message, offset: index)
    }
}
