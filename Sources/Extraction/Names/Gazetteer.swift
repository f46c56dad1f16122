import CLexicons

/// The benchmarks known by name, found in a text whatever their case, hyphens and spaces.
///
/// The names of the data file, plus any that the caller knows.
public struct Gazetteer: Sendable {
    /// How far a name speaks for itself.
    public enum Kind: String, Sendable, Hashable {
        /// Names nothing else: `CIFAR-10`, `HotpotQA`. Found in any case, unless it is capitals only (`GLUE`, `LIBERO`) or a
        /// short word with capitals in it (`RaTE`).
        case name
        /// Also a common word or acronym: `DROP`, `Go`, `Volleyball`. Found only as printed in the list, and counts for
        /// little without other signs of a benchmark.
        case word
    }

    /// One benchmark and what it is called.
    public struct Entry: Sendable, Hashable {
        /// The name, as printed.
        public var name: String
        /// Other forms of the name that are more than a matter of case, hyphens and spaces.
        public var aliases: [String]
        /// How far the name and its aliases speak for themselves.
        public var kind: Kind

        /// Makes an entry.
        public init(name: String, aliases: [String] = [], kind: Kind = .name) {
            self.name = name
            self.aliases = aliases
            self.kind = kind
        }
    }

    /// A name found in a text.
    struct Match {
        /// The tokens of the name.
        var tokens: Range<Int>
        /// The number of the entry.
        var entry: Int32
        var kind: Kind
        /// Whether something is glued to the name that is no part of it (``NameTail``).
        var hasTail = false
    }

    private struct Slot {
        var key: UInt64
        /// The hash of the form as printed, where it is found only so; else 0.
        var printed: UInt64
        /// Whether the form's last word is printed in lower case: `KITTI odometry`.
        var endsLower: Bool
        /// Whether the form is letters with a hyphen or space between them, so that run together it may be a plain word:
        /// `MultiPL-E`.
        var isBroken: Bool
        /// The number of the entry; -1 where the slot is free.
        var entry: Int32
        var kind: Kind

        static let free = Slot(key: 0, printed: 0, endsLower: false, isBroken: false, entry: -1, kind: .name)
    }

    /// Open addressing over `key & mask`; forms that differ in print only stand one behind the other.
    private var slots: [Slot] = []
    /// For each key a mark at its last bits: most keys that are not there are told so without a look into ``slots``.
    private var marks = [Bool](repeating: false, count: Self.markCount)
    private var count = 0
    private var entryCount: Int32 = 0
    /// How names start, so that most words are passed over at once.
    private var starts = NameStarts()
    /// The same for names that start with a word in lower case (`enwik8`, `sequential MNIST`).
    private var lowerStarts = NameStarts()

    /// The names of the data file.
    public static let builtIn = Gazetteer(entries: builtInEntries)

    /// Makes a gazetteer of some benchmarks.
    public init(entries: [Entry]) {
        slots = [Slot](repeating: Slot.free, count: 64)
        insert(entries)
    }

    /// This gazetteer and more benchmarks.
    ///
    /// A form that is there already keeps its meaning.
    ///
    /// - Complexity: linear in the names of both.
    public func adding(_ entries: [Entry]) -> Gazetteer {
        var copy = self
        copy.insert(entries)
        return copy
    }

    /// The names of the data file without a share of them: for training, so that the model learns to do without.
    ///
    /// - Parameters:
    ///   - hiddenPercent: how many of a hundred names are left out.
    ///   - round: which ones; in each round others.
    /// - Returns: the gazetteer of the others.
    static func builtIn(hiddenPercent: Int, round: Int) -> Gazetteer {
        guard hiddenPercent > 0 else { return builtIn }
        let entries = builtInEntries.filter { entry in
            let start = Lexicon.hash(Lexicon.hashStart, adding: UInt8(clamping: round))
            let hash = entry.name.utf8.reduce(start) { Lexicon.hash($0, adding: $1) }
            return (hash ^ hash >> 32) % 100 >= UInt64(hiddenPercent)
        }
        return Gazetteer(entries: entries)
    }

    private static var builtInEntries: [Entry] {
        let file = claimboard_lexicon_benchmarks()
        // SAFETY: the bytes are a constant of the binary, `count` long.
        let text = String(decoding: UnsafeBufferPointer(start: file.bytes, count: file.count), as: UTF8.self)
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count == 3, let kind = Kind(rawValue: String(fields[2])) else {
                preconditionFailure("a line of benchmarks wants a name, aliases and a kind: \(line)")
            }
            return Entry(name: String(fields[0]), aliases: fields[1].split(separator: "|").map(String.init), kind: kind)
        }
    }

    // MARK: Building

    private mutating func insert(_ entries: [Entry]) {
        for entry in entries {
            for form in [entry.name] + entry.aliases { insert(form, kind: entry.kind) }
            entryCount += 1
        }
    }

    private mutating func insert(_ form: String, kind: Kind) {
        let bytes = Array(form.utf8)
        guard let key = NameHash.key(bytes) else { return }
        if (count + 1) * 3 > slots.count { grow() }
        let isExact = kind == .word || bytes.allSatisfy(ByteClass.isUpper) || Self.looksLikeWord(bytes)
        let printed = isExact ? NameHash.printed(bytes, bytes.indices) : 0
        let lastWord = bytes.split(separator: UInt8(ascii: " ")).last
        let endsLower = lastWord?.first.map(ByteClass.isLower) ?? false
        put(
            Slot(
                key: key,
                printed: printed,
                endsLower: endsLower,
                isBroken: Self.isBroken(bytes),
                entry: entryCount,
                kind: kind
            )
        )
        starts.insert(bytes)
        if let first = bytes.first, !ByteClass.isUpper(first), !ByteClass.isDigit(first) { lowerStarts.insert(bytes) }
    }

    /// Whether a name would be a word of every text in another case: `RaTE`, `FoCus`.
    private static func looksLikeWord(_ bytes: [UInt8]) -> Bool {
        bytes.count <= 7 && bytes.allSatisfy(ByteClass.isLetter) && bytes.dropFirst().contains(where: ByteClass.isUpper)
    }

    private static func isBroken(_ bytes: [UInt8]) -> Bool {
        bytes.allSatisfy { ByteClass.isLetter($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: " ") }
            && !bytes.allSatisfy(ByteClass.isLetter)
    }

    private mutating func put(_ slot: Slot) {
        var index = Int(truncatingIfNeeded: slot.key) & (slots.count - 1)
        while slots[index].entry >= 0 {
            if slots[index].key == slot.key, slots[index].printed == slot.printed { return }
            index = (index + 1) & (slots.count - 1)
        }
        slots[index] = slot
        marks[Self.mark(slot.key)] = true
        count += 1
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: Slot.free, count: old.count * 2)
        count = 0
        for slot in old where slot.entry >= 0 { put(slot) }
    }

    // MARK: Finding

    /// The most tokens of a name: `Quick, Draw!` has four, the longest full names of the data file eight.
    private static let longestName = 8

    /// The longest name that starts at a token.
    ///
    /// - Complexity: bounded by the longest name.
    func match(in document: Document, at start: Int, limit: Int) -> Match? {
        let first = document.tokens[start]
        guard first.kind != .mark, first.kind != .url else { return nil }
        let bytes = document.text.bytes
        let isLower = first.kind == .word && !first.shape.isNameLike
        guard (isLower ? lowerStarts : starts).mayStart(bytes, at: first.range.lowerBound) else { return nil }
        var hash = Lexicon.hashStart
        var found: Match?
        var hasNameShape = false
        for index in start..<min(limit, start + Self.longestName) {
            let token = document.tokens[index]
            if token.kind == .mark {
                guard Self.joins(token) else { break }
                continue
            }
            guard token.kind != .url else { break }
            let isNameLike = token.shape.isNameLike || token.kind == .number
            hasNameShape = hasNameShape || isNameLike
            hash = NameHash.extend(hash, bytes, token.range)
            guard let slot = slot(hash, bytes, first.range.lowerBound..<token.range.upperBound) else { continue }
            // "ImageNet" is found in any case, but "Caltech pedestrian" is not Caltech Pedestrian.
            let isPlainWord =
                index == start && token.shape.isDisjoint(with: [.innerUpper, .allUpper, .hasDigit, .hasHyphen])
            if isPlainWord, slot.isBroken { continue }
            if isNameLike || slot.endsLower, hasNameShape || isLower, !Self.isCutNumber(document, index) {
                found = Match(tokens: start..<(index + 1), entry: slot.entry, kind: slot.kind)
            }
        }
        return found ?? stem(of: first, at: start, in: bytes)
    }

    /// A known name before what is glued to it: `ImageNet` of `ImageNet-based`.
    private func stem(of token: Token, at index: Int, in bytes: [UInt8]) -> Match? {
        guard let tail = NameTail.start(of: token, isKnown: true, in: bytes), token.shape.isNameLike else { return nil }
        let name = token.range.lowerBound..<tail
        guard let slot = slot(NameHash.extend(Lexicon.hashStart, bytes, name), bytes, name), slot.kind == .name else {
            return nil
        }
        return Match(tokens: index..<(index + 1), entry: slot.entry, kind: slot.kind, hasTail: true)
    }

    /// Whether a token's part before a hyphen is a known name: `ImageNet` of `ImageNet-Hard`.
    func knowsPrefix(of token: Token, in bytes: [UInt8]) -> Bool {
        guard token.shape.contains(.hasHyphen), starts.mayStart(bytes, at: token.range.lowerBound) else { return false }
        var hash = Lexicon.hashStart
        for index in token.range {
            if bytes[index] == UInt8(ascii: "-"), let slot = slot(hash, bytes, token.range.lowerBound..<index),
                slot.kind == .name
            {
                return true
            }
            if NameHash.counts(bytes[index]) { hash = Lexicon.hash(hash, adding: ByteClass.lowered(bytes[index])) }
        }
        return false
    }

    /// Whether a letter is glued to a number that would end a name: "Atari 2600k".
    private static func isCutNumber(_ document: Document, _ index: Int) -> Bool {
        guard document.tokens[index].kind == .number, index + 1 < document.tokens.count else { return false }
        let next = document.tokens[index + 1]
        return next.shape.contains(.isGlued) && (next.kind == .word || next.isMark("%"))
    }

    private static let markCount = 1 << 16

    @inline(__always) private static func mark(_ key: UInt64) -> Int {
        Int(truncatingIfNeeded: key >> 40) & (markCount - 1)
    }

    @inline(__always) private func slot(_ key: UInt64, _ bytes: [UInt8], _ range: Range<Int>) -> Slot? {
        marks[Self.mark(key)] ? findSlot(key, bytes, range) : nil
    }

    private func findSlot(_ key: UInt64, _ bytes: [UInt8], _ range: Range<Int>) -> Slot? {
        var index = Int(truncatingIfNeeded: key) & (slots.count - 1)
        while slots[index].entry >= 0 {
            let slot = slots[index]
            if slot.key == key, slot.printed == 0 || slot.printed == NameHash.printed(bytes, range) { return slot }
            index = (index + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Whether a mark may stand within a name.
    private static func joins(_ token: Token) -> Bool {
        switch token.mark {
        case UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "'"), UInt8(ascii: "&"), UInt8(ascii: ":"),
            UInt8(ascii: "."), UInt8(ascii: "^"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "!"):
            true
        default: false
        }
    }
}
