import CLexicons

/// The words and phrases that the rules know by class, read from the data files once.
///
/// A data file has a line an entry: the word or phrase in lower case, a tab, its classes parted by `|`. Words of a phrase
/// are parted by one space; each is a token as ``Tokenizer`` makes them. `#` starts a comment line. An entry may stand in
/// several lines and files: its classes add up.
struct Lexicon: Sendable {
    /// A word's place and classes.
    struct Entry {
        var word: WordID
        var classes: WordClasses
    }

    private struct Slot {
        /// A part of the hash, so that other words are seldom compared.
        var tag: UInt16
        /// The number of the word; -1 where the slot is free.
        var entry: Int16
    }

    /// For each word the number of its classes in ``classSets``: few sets are many words', and stay in the cache.
    private var setOfWord: [UInt16] = []
    private var classSets: [WordClasses] = []
    /// The words in lower case, one behind the other; ``textStarts`` says where each starts, and the last ends.
    private var texts: [UInt8] = []
    private var textStarts: [Int32] = [0]
    /// Open addressing over `hash & mask`.
    private var slots: [Slot] = []
    /// Phrases as a trie: (node, word) -> node.
    ///
    /// The root is 0.
    private var edges = EdgeTable()
    private var nodeClasses: [WordClasses] = [[]]
    /// Whether a word starts any phrase.
    private var startsPhrase: [Bool] = []

    /// The lexicon of the built-in data files.
    static let builtIn = Lexicon(
        files: [
            text(claimboard_lexicon_words()), text(claimboard_lexicon_names()), text(claimboard_lexicon_statements()),
        ],
        vocabulary: UnitTable.vocabulary(of: text(claimboard_lexicon_units()))
    )

    /// Reads data files.
    ///
    /// - Parameters:
    ///   - files: the texts of the files.
    ///   - vocabulary: words that are to have a number though no file gives them a class.
    /// - Precondition: each line has the form above and names only classes of ``WordClass``; there are fewer than 32,768
    ///   words.
    init(files: [String], vocabulary: [Substring] = []) {
        var classesOfWord: [String: WordClasses] = [:]
        var phrases: [(words: [Substring], classes: WordClasses)] = []
        for line in files.lazy.flatMap({ $0.split(separator: "\n") }) where !line.hasPrefix("#") {
            let fields = line.split(separator: "\t")
            precondition(fields.count == 2, "a lexicon line wants a word, a tab and classes: \(line)")
            let classes = fields[1].split(separator: "|").reduce(into: WordClasses()) { set, name in
                guard let wordClass = WordClass.named(name) else {
                    preconditionFailure("no word class is called \(name): \(line)")
                }
                set.formUnion(.of(wordClass))
            }
            let words = fields[0].split(separator: " ")
            if words.count == 1 {
                classesOfWord[String(words[0]), default: []].formUnion(classes)
            } else {
                phrases.append((words, classes))
                for word in words { classesOfWord[String(word), default: []].formUnion([]) }
            }
        }
        for word in vocabulary { classesOfWord[String(word), default: []].formUnion([]) }
        var capacity = 64
        while capacity < classesOfWord.count * 2 { capacity *= 2 }
        slots = [Slot](repeating: Slot(tag: 0, entry: -1), count: capacity)
        for (word, classes) in classesOfWord.sorted(by: { $0.key < $1.key }) { insert(Array(word.utf8), classes) }
        startsPhrase = [Bool](repeating: false, count: setOfWord.count)
        for phrase in phrases { insert(phrase: phrase.words, phrase.classes) }
    }

    /// The text of a built-in data file.
    static func text(_ file: claimboard_lexicon) -> String {
        // SAFETY: the bytes are a constant of the binary, `count` long.
        String(decoding: UnsafeBufferPointer(start: file.bytes, count: file.count), as: UTF8.self)
    }

    private mutating func insert(_ text: [UInt8], _ classes: WordClasses) {
        let hash = text.reduce(Self.hashStart) { Self.hash($0, adding: $1) }
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot].entry >= 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = Slot(tag: Self.tag(hash), entry: Int16(setOfWord.count))
        let set = classSets.firstIndex(of: classes) ?? classSets.count
        if set == classSets.count { classSets.append(classes) }
        setOfWord.append(UInt16(set))
        texts.append(contentsOf: text)
        textStarts.append(Int32(texts.count))
    }

    @inline(__always) private static func tag(_ hash: UInt64) -> UInt16 { UInt16(truncatingIfNeeded: hash >> 48) }

    private mutating func insert(phrase words: [Substring], _ classes: WordClasses) {
        var node: Int32 = 0
        for (index, word) in words.enumerated() {
            let id = self.word(String(word))
            if index == 0 { startsPhrase[Int(id.rawValue)] = true }
            if let next = edges.node(behind: node, id) {
                node = next
            } else {
                edges.insert(Int32(nodeClasses.count), behind: node, id)
                node = Int32(nodeClasses.count)
                nodeClasses.append([])
            }
        }
        nodeClasses[Int(node)].formUnion(classes)
    }

    // MARK: Look-up

    /// FNV-1a's start.
    static let hashStart: UInt64 = 0xCBF2_9CE4_8422_2325

    /// FNV-1a's step.
    @inline(__always) static func hash(_ hash: UInt64, adding byte: UInt8) -> UInt64 {
        (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }

    /// Finds a word by the hash of its bytes in lower case.
    func entry(hash: UInt64, bytes: UnsafeBufferPointer<UInt8>, range: Range<Int>) -> Entry? {
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        let tag = Self.tag(hash)
        while slots[slot].entry >= 0 {
            if slots[slot].tag == tag, isEqual(Int(slots[slot].entry), bytes, range) {
                let word = Int(slots[slot].entry)
                return Entry(word: WordID(rawValue: Int32(word)), classes: classSets[Int(setOfWord[word])])
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Finds a word by the hash of its bytes in lower case.
    func entry(hash: UInt64, bytes: [UInt8], range: Range<Int>) -> Entry? {
        bytes.withUnsafeBufferPointer { entry(hash: hash, bytes: $0, range: range) }
    }

    private func isEqual(_ entry: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
        let start = Int(textStarts[entry])
        guard Int(textStarts[entry + 1]) - start == range.count else { return false }
        for index in 0..<range.count where texts[start + index] != ByteClass.lowered(bytes[range.lowerBound + index]) {
            return false
        }
        return true
    }

    /// The number of a word that stands in a data file, alone or in a phrase; for rules that look for one word.
    ///
    /// - Precondition: it stands there.
    func word(_ text: String) -> WordID {
        let bytes = Array(text.utf8)
        let hash = bytes.reduce(Self.hashStart) { Self.hash($0, adding: $1) }
        guard let entry = entry(hash: hash, bytes: bytes, range: bytes.indices) else {
            preconditionFailure("\(text) stands in no lexicon file")
        }
        return entry.word
    }

    /// How many words have a number: the numbers are below it.
    var wordCount: Int { setOfWord.count }

    /// The number of a word, if it stands in a data file.
    func knownWord(_ text: some StringProtocol) -> WordID? {
        let bytes = Array(text.utf8)
        let hash = bytes.reduce(Self.hashStart) { Self.hash($0, adding: $1) }
        return entry(hash: hash, bytes: bytes, range: bytes.indices)?.word
    }

    /// A word's printed form in lower case.
    func text(of word: WordID) -> String {
        let range = Int(textStarts[Int(word.rawValue)])..<Int(textStarts[Int(word.rawValue) + 1])
        return String(decoding: texts[range], as: UTF8.self)
    }

    /// Marks each token at which a known phrase starts with the longest one's length and classes.
    ///
    /// - Complexity: linear in the tokens (phrases are short).
    func markPhrases(in tokens: inout [Token]) {
        for start in tokens.indices {
            let first = tokens[start].word
            guard first != .unknown, startsPhrase[Int(first.rawValue)] else { continue }
            var node: Int32 = 0
            var index = start
            while index < tokens.count, let next = edges.node(behind: node, tokens[index].word) {
                node = next
                index += 1
                let classes = nodeClasses[Int(node)]
                if !classes.isEmpty {
                    tokens[start].phraseClasses = classes
                    tokens[start].phraseLength = UInt8(index - start)
                }
            }
        }
    }
}
