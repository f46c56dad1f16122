import Claims

/// A text in which every white-space byte is a space, so that a copy of a part of it on one line is found at its place.
///
/// As many bytes as the original: a place in one is the same place in the other.
struct SpacedText: Sendable {
    private let original: [UInt8]
    private let spaced: [UInt8]

    init(_ text: String) {
        original = Array(text.utf8)
        spaced = original.map { (0x09...0x0D).contains($0) ? 0x20 : $0 }
    }

    /// What the model reads.
    var text: String { String(decoding: spaced, as: UTF8.self) }

    /// The first place at which words stand letter for letter.
    ///
    /// - Returns: UTF-8 bytes, half-open; `nil` for words that do not stand there, and for none.
    /// - Complexity: the product of both lengths at worst; both are bounded.
    func place(of words: String) -> Range<Int>? {
        let words = SpacedText(words).spaced
        guard let first = words.first, words.count <= spaced.count else { return nil }
        for start in 0...(spaced.count - words.count) where spaced[start] == first {
            if spaced[start..<(start + words.count)].elementsEqual(words) { return start..<(start + words.count) }
        }
        return nil
    }

    /// Whether words stand in it, whatever their case.
    func mentions(_ words: String) -> Bool {
        !words.isEmpty && SpacedText(text.lowercased()).place(of: words.lowercased()) != nil
    }

    /// The original words at a place.
    func words(at place: Range<Int>) -> String { String(decoding: original[place], as: UTF8.self) }
}

/// A paper's texts as the model reads them.
struct SpacedPaper: Sendable {
    let title: SpacedText
    let abstract: SpacedText

    init(_ paper: Paper) {
        title = SpacedText(paper.title)
        abstract = SpacedText(paper.abstract)
    }

    /// Where words stand: in the abstract, else, where it may be, in the title.
    func evidence(_ words: String, orTitle: Bool = false) -> Evidence? {
        if let place = abstract.place(of: words) {
            return Evidence(
                source: .abstract,
                start: place.lowerBound,
                end: place.upperBound,
                text: abstract.words(at: place)
            )
        }
        guard orTitle, let place = title.place(of: words) else { return nil }
        return Evidence(source: .title, start: place.lowerBound, end: place.upperBound, text: title.words(at: place))
    }

    /// Whether words stand in either text, whatever their case.
    func mentions(_ words: String) -> Bool { abstract.mentions(words) || title.mentions(words) }
}
