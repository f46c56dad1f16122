/// A web address as it stands in an abstract: in LaTeX, in brackets, broken by spaces, with the sentence's full stop.
struct WebAddress {
    /// Cleaned up: with a scheme, the host in lower case, no LaTeX, no `.git`, no trailing slash.
    let url: String
    /// The host in lower case.
    let host: String
    /// What follows the host, from the slash; empty where nothing does.
    let path: String
    /// Where it starts in the source: UTF-8 bytes, inclusive.
    let start: Int
    /// Where it ends in the source: UTF-8 bytes, exclusive; the sentence's full stop is not part of it.
    let end: Int
    /// Whether it was put together from parts that spaces or line ends part.
    let isJoined: Bool

    /// Reads the address at a position that ``nextStart(in:from:)`` gave.
    init?(_ source: UnsafeBufferPointer<UInt8>, at start: Int) {
        var scanner = Scanner(source: source, position: start)
        scanner.readScheme()
        scanner.readRest()
        scanner.trim()
        guard let slash = scanner.text.firstRange(of: "://") else { return nil }
        let rest = scanner.text[slash.upperBound...]
        let host = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard host.contains("."), host.first != ".", host.utf8.count >= 4 else { return nil }
        self.host = host.lowercased()
        self.path = String(rest.dropFirst(host.count))
        self.url = scanner.text[..<slash.upperBound].lowercased() + self.host + self.path
        self.start = start
        self.end = scanner.end
        self.isJoined = scanner.isJoined
    }

    /// Finds where the next address starts, at a scheme or at a known host without one.
    static func nextStart(in source: UnsafeBufferPointer<UInt8>, from position: Int) -> Int? {
        var index = position
        while index < source.count {
            if isCandidate(source, index), index == 0 || !isPartOfWord(source[index - 1]),
                prefixes.contains(where: { source.hasPrefix($0, at: index) })
            {
                return index
            }
            index += 1
        }
        return nil
    }

    /// Whether one of ``prefixes`` starts with the two letters at a position.
    @inline(__always) private static func isCandidate(_ source: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        let first = source[index] | 0x20
        guard first == UInt8(ascii: "h") || first == UInt8(ascii: "w") || first == UInt8(ascii: "g"),
            index + 1 < source.count
        else { return false }
        switch (first, source[index + 1] | 0x20) {
        case (UInt8(ascii: "h"), UInt8(ascii: "t")), (UInt8(ascii: "h"), UInt8(ascii: "u")),
            (UInt8(ascii: "w"), UInt8(ascii: "w")), (UInt8(ascii: "g"), UInt8(ascii: "i")):
            return true
        default: return false
        }
    }

    @inline(__always) private static func isPartOfWord(_ byte: UInt8) -> Bool {
        ByteClass.isWord(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }

    private static let prefixes: [StaticString] = [
        "https://", "http://", "https: //", "http: //", "www.", "github.com/", "gitlab.com/", "huggingface.co/",
        "github. com/",
    ]
}

extension WebAddress {
    /// Reads an address byte by byte.
    private struct Scanner {
        let source: UnsafeBufferPointer<UInt8>
        var position: Int
        var text = ""
        /// Where the last byte taken ends in the source.
        var end = 0
        var isJoined = false

        /// Longer than any address that is meant to be read.
        private static let maximumLength = 500

        init(source: UnsafeBufferPointer<UInt8>, position: Int) {
            self.source = source
            self.position = position
        }

        /// Reads the scheme; where none is printed it is https.
        mutating func readScheme() {
            for scheme: StaticString in ["https://", "http://", "https: //", "http: //"]
            where source.hasPrefix(scheme, at: position) {
                text = "\(scheme)".replacing(" ", with: "")
                position += scheme.utf8CodeUnitCount
                end = position
                return
            }
            text = "https://"
        }

        mutating func readRest() {
            var bytes: [UInt8] = []
            while position < source.count, bytes.count < Self.maximumLength {
                let byte = source[position]
                switch byte {
                case 0...0x20, 0x7F:
                    guard let next = continuation(behind: bytes) else { return finish(bytes) }
                    position = next
                    isJoined = true
                case UInt8(ascii: "\\"):
                    // "\_", "\%", "\#", "\~{}" stand for the sign; a command ends the address.
                    guard position + 1 < source.count, !ByteClass.isLetter(source[position + 1]),
                        source[position + 1] > 0x20
                    else { return finish(bytes) }
                    bytes.append(source[position + 1])
                    position += 2
                    end = position
                case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "{"), UInt8(ascii: "}"),
                    UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "|"), UInt8(ascii: "`"), UInt8(ascii: "$"),
                    UInt8(ascii: "^"):
                    return finish(bytes)
                case UInt8(ascii: "("), UInt8(ascii: ")"):
                    let opened = bytes.count { $0 == UInt8(ascii: "(") } - bytes.count { $0 == UInt8(ascii: ")") }
                    guard byte == UInt8(ascii: "(") || opened > 0 else { return finish(bytes) }
                    take(byte, &bytes)
                case 0x80...:
                    // Typographic spaces, quotes and dashes end it; so does any other sign that addresses encode.
                    return finish(bytes)
                default: take(byte, &bytes)
                }
            }
            finish(bytes)
        }

        private mutating func take(_ byte: UInt8, _ bytes: inout [UInt8]) {
            bytes.append(byte)
            position += 1
            end = position
        }

        private mutating func finish(_ bytes: [UInt8]) {
            text += String(decoding: bytes, as: UTF8.self)
        }

        /// Where an address goes on behind a break that was put into it; `nil` where the space ends it.
        private func continuation(behind bytes: [UInt8]) -> Int? {
            var next = position
            var hasLineEnd = false
            while next < source.count, source[next] <= 0x20 || source[next] == 0x7F {
                hasLineEnd = hasLineEnd || source[next] == 0x0A
                next += 1
            }
            guard next < source.count, next - position <= 4 else { return nil }
            guard let last = bytes.last else { return ByteClass.isWord(source[next]) ? next : nil }
            let first = source[next]
            let slashes = bytes.count { $0 == UInt8(ascii: "/") }
            // "https://github. com/x", "https://github.com /x/y"
            if slashes == 0 {
                if last == UInt8(ascii: "."), ByteClass.isLower(first), isFollowedBySlash(next) { return next }
                return first == UInt8(ascii: "/") ? next : nil
            }
            // "https://github.com/ x/y", "https://github.com/x/ y": the repository is still to come.
            let isRepository = Self.hosts.contains { bytes.starts(with: $0.utf8) }
            if last == UInt8(ascii: "/"), isRepository, slashes < 3, ByteClass.isWord(first) {
                return slashes == 2 || isFollowedBySlash(next) ? next : nil
            }
            let isOpen = last == UInt8(ascii: "-") || last == UInt8(ascii: "_") || last == UInt8(ascii: "/")
            return hasLineEnd && isOpen && (ByteClass.isLower(first) || ByteClass.isDigit(first)) ? next : nil
        }

        private static let hosts = ["github.com/", "gitlab.com/", "huggingface.co/", "bitbucket.org/"]

        private func isFollowedBySlash(_ start: Int) -> Bool {
            var index = start
            while index < source.count, index - start < 60, source[index] > 0x20 {
                if source[index] == UInt8(ascii: "/") { return true }
                index += 1
            }
            return false
        }

        /// Takes off what belongs to the sentence, `.git` and trailing slashes.
        mutating func trim() {
            while let last = text.utf8.last, ".,;:'!?*-".utf8.contains(last) {
                text.removeLast()
                end -= 1
            }
            if text.hasSuffix(".git") { text.removeLast(4) }
            while text.hasSuffix("/") { text.removeLast() }
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether a lower-case ASCII text stands at a position, whatever its case there.
    func hasPrefix(_ prefix: StaticString, at start: Int) -> Bool {
        guard start + prefix.utf8CodeUnitCount <= count else { return false }
        return prefix.withUTF8Buffer { expected in
            expected.indices.allSatisfy { ByteClass.lowered(self[start + $0]) == expected[$0] }
        }
    }
}
