import Claims

/// Finds out from the first bytes of a text what format it has.
struct FormatDetection {
    /// What the bytes are.
    enum Finding {
        /// More bytes are needed to tell.
        case undecided
        /// Nothing at all.
        case empty
        /// A format that is read; after so many bytes that belong to no record (a byte order mark).
        case format(ImportFormat, skipping: Int)
        /// Something that is not read.
        case unsupported(RecordDefect)
    }

    /// So many bytes always tell.
    static let sufficientBytes = 64 << 10
    /// Page furniture comes first: among so many lines there is some.
    private static let headLines = 12

    /// Looks at the first bytes.
    ///
    /// - Parameters:
    ///   - bytes: from the start of the text.
    ///   - isWhole: whether there is no more.
    /// - Returns: what they are.
    static func find(in bytes: UnsafeRawBufferPointer, isWhole: Bool) -> Finding {
        let isSufficient = isWhole || bytes.count >= sufficientBytes
        if bytes.isEmpty { return isWhole ? .empty : .undecided }
        // Names of other formats stand in the first sixteen bytes.
        guard isSufficient || bytes.count >= 16 else { return .undecided }
        if let kind = ForeignFormat.find(in: bytes) { return .unsupported(kind.defect) }
        let mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let text = UnsafeRawBufferPointer(rebasing: bytes[mark...])
        guard let start = text.firstIndex(where: { !isSpace($0) }) else {
            return isSufficient ? .format(.text, skipping: mark) : .undecided
        }
        let content = UnsafeRawBufferPointer(rebasing: text[start...])
        switch json(content, isSufficient: isSufficient) {
        case .undecided: return .undecided
        case .format(let format, _): return .format(format, skipping: mark)
        case .empty, .unsupported: break
        }
        let lines = headLines(of: content, isSufficient: isSufficient)
        guard lines.count >= headLines || isSufficient else { return .undecided }
        if let kind = lines.first.flatMap(ForeignFormat.find(inFirstLine:)) { return .unsupported(kind.defect) }
        // JSON Lines whose first line is spoilt, as by a cut: no text has whole objects on lines of their own.
        if lines.contains(where: { $0.hasPrefix("{\"") && $0.hasSuffix("}") }) {
            return .format(.jsonLines, skipping: mark)
        }
        let isPage = lines.contains { PageFurniture.isMark($0) }
        return .format(isPage ? .listingPage : .text, skipping: mark)
    }

    /// Whether it is JSON: `.empty` where it is not.
    private static func json(_ content: UnsafeRawBufferPointer, isSufficient: Bool) -> Finding {
        guard let open = content.first, open == UInt8(ascii: "{") || open == UInt8(ascii: "[") else { return .empty }
        guard let next = content.dropFirst().first(where: { !isSpace($0) }) else {
            return isSufficient ? .format(.json, skipping: 0) : .undecided
        }
        // A text may start with a bracket as well, such as `[1] Title` or `{\bf Title}`.
        let isObject = open == UInt8(ascii: "{")
        guard (isObject ? "\"}" : "{[]\"").utf8.contains(next) else { return .empty }
        if !isObject { return .format(.json, skipping: 0) }
        guard let lineEnd = content.firstIndex(of: UInt8(ascii: "\n")) else {
            return isSufficient ? .format(.jsonLines, skipping: 0) : .undecided
        }
        // An object that goes on in the next line has its first line end where another token has to follow.
        let last = content[..<lineEnd].last { !isSpace($0) } ?? open
        return .format("{[,:".utf8.contains(last) ? .json : .jsonLines, skipping: 0)
    }

    private static func headLines(of content: UnsafeRawBufferPointer, isSufficient: Bool) -> [String] {
        var lines: [String] = []
        var start = content.startIndex
        while lines.count < headLines, start < content.endIndex {
            let lineEnd = content[start...].firstIndex(of: UInt8(ascii: "\n"))
            if lineEnd == nil && !isSufficient { break }
            let line = content[start..<(lineEnd ?? content.endIndex)]
            if !line.allSatisfy(isSpace) { lines.append(String(decoding: line, as: UTF8.self).trimmingSpaces()) }
            start = (lineEnd ?? content.endIndex - 1) + 1
        }
        return lines
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
