/// A text as the rules read it, with the way back to the text as it was found.
///
/// Normalising takes away what differs from source to source and means nothing: LaTeX commands and math signs, HTML
/// entities, typographic spaces, dashes, quotes and full-width forms, line breaks. What is left is UTF-8 with single
/// spaces, ASCII wherever the meaning allows it: `×` is `x`, `µ` is `u`, `≈` and `\sim` are `~`, `≤` is `<=`, an en dash
/// between numbers is `-`, any dash that parts clauses is `—`.
struct NormalisedText {
    /// The normalised text, valid UTF-8.
    private(set) var bytes: [UInt8] = []
    /// Where the parts of the normalised text come from, in order, without gaps.
    private var runs: [Run] = []
    /// Where in the source the next byte stands if it goes on with the last run; -1 where nothing does.
    private var nextSource = -1

    /// A part of the normalised text that comes from one place of the source.
    private struct Run {
        /// Where it starts in ``bytes``.
        var start: Int32
        /// Where its first character starts in the source: UTF-8 bytes, inclusive.
        var sourceStart: Int32
        /// Where its one character ends in the source: UTF-8 bytes, exclusive; -1 for a run of bytes as they stand there.
        var sourceEnd: Int32
    }

    /// Where the formula that is being read opened, while it is not closed.
    private var formulaStart: Int?

    /// The part of the source that a part of the normalised text came from.
    ///
    /// - Parameter range: UTF-8 bytes of ``bytes``, half-open, not empty, on character boundaries.
    /// - Returns: UTF-8 bytes of the source, half-open, on character boundaries.
    func sourceRange(of range: Range<Int>) -> Range<Int> {
        let last = range.upperBound - 1
        let run = run(of: last)
        let end = run.sourceEnd < 0 ? Int(run.sourceStart) + last - Int(run.start) + 1 : Int(run.sourceEnd)
        return sourceStart(of: range.lowerBound)..<end
    }

    /// Where in the source the character of a normalised byte starts: UTF-8 bytes, inclusive.
    ///
    /// - Complexity: O(log n) in the text, and far below for plain text.
    func sourceStart(of position: Int) -> Int {
        let run = run(of: position)
        return Int(run.sourceStart) + (run.sourceEnd < 0 ? position - Int(run.start) : 0)
    }

    private func run(of position: Int) -> Run {
        var (low, high) = (0, runs.count - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if Int(runs[middle].start) <= position { low = middle } else { high = middle - 1 }
        }
        return runs[low]
    }

    /// Reads a source, reusing the memory of the last one.
    ///
    /// - Parameter source: UTF-8; invalid bytes read as U+FFFD, one each.
    /// - Complexity: linear in the source.
    mutating func read(_ source: UnsafeBufferPointer<UInt8>) {
        bytes.removeAll(keepingCapacity: true)
        runs.removeAll(keepingCapacity: true)
        nextSource = -1
        bytes.reserveCapacity(source.count + 8)
        formulaStart = nil
        var position = 0
        while position < source.count {
            let end = Self.endOfPlain(source, from: position)
            if end > position {
                emit(source, position..<end)
                position = end
            } else {
                position = readOne(source, at: position)
            }
        }
        if bytes.last == UInt8(ascii: " ") { removeLast() }
    }

    /// Where bytes end that stay as they are: most of any abstract.
    private static func endOfPlain(_ source: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var end = start
        while end < source.count {
            if isPlain(source[end]) {
                end += 1
            } else if end > start, source[end] == UInt8(ascii: " ") || source[end] == UInt8(ascii: "-"),
                end + 1 < source.count, isPlain(source[end + 1])
            {
                // One space or hyphen between such bytes.
                end += 2
            } else {
                break
            }
        }
        return end
    }

    /// Whether a byte stays as it is wherever it stands.
    @inline(__always) private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, 0x7F..., UInt8(ascii: "\\"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "$"),
            UInt8(ascii: "~"), UInt8(ascii: "-"), UInt8(ascii: "`"), UInt8(ascii: "'"), UInt8(ascii: "&"):
            false
        default: true
        }
    }

    /// Reads the character or command at a position, where no plain byte stands.
    ///
    /// - Returns: where the next one starts.
    private mutating func readOne(_ source: UnsafeBufferPointer<UInt8>, at position: Int) -> Int {
        let byte = source[position]
        switch byte {
        case 0...0x20, 0x7F: return readSpace(source, at: position)
        case UInt8(ascii: "\\"): return readCommand(source, at: position)
        case UInt8(ascii: "{"): return readBrace(source, at: position)
        case UInt8(ascii: "}"): return position + 1
        case UInt8(ascii: "$"):
            if let start = formulaStart, position - start < Self.longestFormula {
                formulaStart = nil
            } else if Self.isCurrency(source, at: position) {
                emit(byte, from: position, to: position + 1)
            } else {
                formulaStart = position
            }
            return position + 1
        case UInt8(ascii: "~"):
            // "~5 %" is about; "Table~3" is a space that does not break.
            let isAbout = Self.isAmount(source, at: position + 1) && !(bytes.last.map(ByteClass.isWord) ?? false)
            if isAbout {
                emit(byte, from: position, to: position + 1)
            } else {
                emitSpace(from: position, to: position + 1)
            }
            return position + 1
        case UInt8(ascii: "-"): return readDashes(source, at: position)
        case UInt8(ascii: "`"), UInt8(ascii: "'"):
            let length = position + 1 < source.count && source[position + 1] == byte ? 2 : 1
            emit(length == 2 ? UInt8(ascii: "\"") : UInt8(ascii: "'"), from: position, to: position + length)
            return position + length
        case UInt8(ascii: "&"): return readEntity(source, at: position)
        default: return readScalar(source, at: position)
        }
    }

    // MARK: Output

    mutating func emit(_ byte: UInt8, from start: Int, to end: Int) {
        if end - start == 1 {
            if start != nextSource { addRun(from: start, to: -1) }
            nextSource = start + 1
        } else if nextSource >= 0 || !isLastRun(start, end) {
            addRun(from: start, to: end)
            nextSource = -1
        }
        bytes.append(byte)
    }

    /// Bytes of the source as they are.
    private mutating func emit(_ source: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        if range.lowerBound != nextSource { addRun(from: range.lowerBound, to: -1) }
        nextSource = range.upperBound
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: source[range]))
    }

    private mutating func addRun(from start: Int, to end: Int) {
        runs.append(
            Run(
                start: Int32(truncatingIfNeeded: bytes.count),
                sourceStart: Int32(truncatingIfNeeded: start),
                sourceEnd: Int32(truncatingIfNeeded: end)
            )
        )
    }

    private func isLastRun(_ start: Int, _ end: Int) -> Bool {
        guard let last = runs.last else { return false }
        return Int(last.sourceStart) == start && Int(last.sourceEnd) == end
    }

    mutating func emit(_ text: StaticString, from start: Int, to end: Int) {
        text.withUTF8Buffer { for byte in $0 { emit(byte, from: start, to: end) } }
    }

    /// One space for any run of them, none at the start.
    mutating func emitSpace(from start: Int, to end: Int) {
        guard let last = bytes.last, last != UInt8(ascii: " ") else { return }
        emit(UInt8(ascii: " "), from: start, to: end)
    }

    private mutating func removeLast() {
        bytes.removeLast()
        if let last = runs.last, Int(last.start) >= bytes.count { runs.removeLast() }
    }

    private mutating func readSpace(_ source: UnsafeBufferPointer<UInt8>, at position: Int) -> Int {
        var end = position
        var hasLineEnd = false
        while end < source.count, source[end] <= 0x20 || source[end] == 0x7F {
            hasLineEnd = hasLineEnd || source[end] == 0x0A
            end += 1
        }
        // A hyphen that ends a line belongs to its word: "state-of-\nthe-art".
        let count = bytes.count
        if hasLineEnd, count >= 2, bytes[count - 1] == UInt8(ascii: "-"), ByteClass.isLetter(bytes[count - 2]),
            end < source.count, ByteClass.isLetter(source[end])
        {
            return end
        }
        if Self.isSplitDecimal(bytes, source, at: end) { return end }
        emitSpace(from: position, to: end)
        return end
    }

    /// How many digits stand behind the space in a number that a page break or converter has split.
    private static let longestFraction = 3

    /// Whether a decimal has a space behind its point, told from the end of a sentence by its percent sign (`37. 5%`).
    private static func isSplitDecimal(
        _ bytes: [UInt8],
        _ source: UnsafeBufferPointer<UInt8>,
        at next: Int
    ) -> Bool {
        let count = bytes.count
        guard count >= 2, bytes[count - 1] == UInt8(ascii: "."), ByteClass.isDigit(bytes[count - 2]) else {
            return false
        }
        var end = next
        while end < source.count, end < next + longestFraction, ByteClass.isDigit(source[end]) { end += 1 }
        guard end > next, end < source.count else { return false }
        if source[end] == UInt8(ascii: "\\"), end + 1 < source.count { end += 1 }
        return source[end] == UInt8(ascii: "%")
    }

    private mutating func readDashes(_ source: UnsafeBufferPointer<UInt8>, at position: Int) -> Int {
        var end = position
        while end < source.count, source[end] == UInt8(ascii: "-") { end += 1 }
        if end - position == 1 {
            emit(UInt8(ascii: "-"), from: position, to: end)
        } else {
            emitDash(source, from: position, to: end, isLong: end - position > 2)
        }
        return end
    }

    /// A dash that is not a hyphen: `-` within numbers, `—` where it parts clauses.
    mutating func emitDash(_ source: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int, isLong: Bool) {
        let isAfterNumber = bytes.last.map { ByteClass.isDigit($0) || $0 == UInt8(ascii: "%") } ?? false
        if !isLong, isAfterNumber, Self.isAmount(source, at: end) {
            emit(UInt8(ascii: "-"), from: start, to: end)
        } else {
            emit("\u{2014}", from: start, to: end)
        }
    }

    private mutating func readBrace(_ source: UnsafeBufferPointer<UInt8>, at position: Int) -> Int {
        // LaTeX's thousands separator without the space: 10{,}000.
        if position + 2 < source.count, source[position + 1] == UInt8(ascii: ","),
            source[position + 2] == UInt8(ascii: "}")
        {
            emit(UInt8(ascii: ","), from: position, to: position + 3)
            return position + 3
        }
        return position + 1
    }

    // MARK: Dollars

    /// Whether a number starts here, perhaps behind LaTeX's `$`, `\$`, `{` or a sign.
    static func isAmount(_ source: UnsafeBufferPointer<UInt8>, at position: Int) -> Bool {
        let limit = min(source.count, position + 4)
        var position = position
        while position < limit {
            switch source[position] {
            case UInt8(ascii: "$"), UInt8(ascii: "\\"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "{"):
                position += 1
            default: return ByteClass.isDigit(source[position])
            }
        }
        return false
    }

    /// How far a formula's closing dollar is looked for: far over any number in one.
    private static let longestFormula = 120

    /// Whether a bare `$` stands for dollars: a digit follows, and no `$` closes a formula that begins here.
    private static func isCurrency(_ source: UnsafeBufferPointer<UInt8>, at position: Int) -> Bool {
        guard position + 1 < source.count, ByteClass.isDigit(source[position + 1]) else { return false }
        let limit = min(source.count, position + longestFormula)
        var index = position + 1
        while index < limit {
            let byte = source[index]
            if byte == UInt8(ascii: "$") {
                // "$5 and $10" opens anew: the second stands before a digit and behind a space.
                return source[index - 1] <= 0x20 && index + 1 < source.count && ByteClass.isDigit(source[index + 1])
            }
            if byte == UInt8(ascii: "\\") {
                // A command's letters are no words.
                index += 1
                while index < limit, ByteClass.isLetter(source[index]) { index += 1 }
                if index < limit, !ByteClass.isLetter(source[index - 1]) { index += 1 }
                continue
            }
            let isWordOfText =
                source[index - 1] <= 0x20 && ByteClass.isLetter(byte) && index + 1 < limit
                && ByteClass.isLetter(source[index + 1])
            if isWordOfText { return true }
            index += 1
        }
        return true
    }
}
