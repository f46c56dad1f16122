import Formats

extension ObjectReader {
    /// One of a closed set of words.
    mutating func choice<Word>(_ name: String, of _: Word.Type = Word.self, isRequired: Bool = false) -> Word?
    where Word: RawRepresentable<String> & CaseIterable {
        guard let node = take(name) else {
            if isRequired { refuse(name, "Must be given.") }
            return nil
        }
        guard case .string(let text) = node, let word = Word(rawValue: text) else {
            refuse(name, "Must be one of \(Self.list(Word.self)).")
            return nil
        }
        return word
    }

    /// A member that has to be an array of at least one word of a closed set, each once.
    mutating func choices<Word>(_ name: String, of _: Word.Type = Word.self) -> [Word]?
    where Word: RawRepresentable<String> & CaseIterable & Equatable {
        guard let node = take(name) else {
            refuse(name, "Must be given.")
            return nil
        }
        guard case .array(let elements) = node, (1...Word.allCases.count).contains(elements.count) else {
            refuse(name, "Must be an array of 1 to \(Word.allCases.count) words.")
            return nil
        }
        var words: [Word] = []
        for (index, element) in elements.enumerated() {
            if case .string(let text) = element, let word = Word(rawValue: text), !words.contains(word) {
                words.append(word)
            } else {
                refuse(name, at: index, "Must be one of \(Self.list(Word.self)), and each once only.")
            }
        }
        return words
    }

    /// A whole number in a range, however it is written: 90, 90.0 and 9e1 are one number in JSON Schema.
    mutating func integer(_ name: String, in range: ClosedRange<Int>) -> Int? {
        guard let node = take(name) else { return nil }
        guard case .number(let digits) = node, let number = Self.wholeNumber(digits), range.contains(number) else {
            refuse(name, "Must be a whole number from \(range.lowerBound) to \(range.upperBound).")
            return nil
        }
        return number
    }

    private static func wholeNumber(_ digits: String) -> Int? {
        if let number = Int(digits) { return number }
        // Beyond this not every whole number is a double, and another one could be meant.
        guard let number = Double(digits), abs(number) < 9_007_199_254_740_992 else { return nil }
        return Int(exactly: number)
    }

    /// `true` or `false`.
    mutating func boolean(_ name: String) -> Bool? {
        guard let node = take(name) else { return nil }
        guard case .bool(let truth) = node else {
            refuse(name, "Must be true or false, not \(node.kind).")
            return nil
        }
        return truth
    }

    private static func list<Word: RawRepresentable<String> & CaseIterable>(_: Word.Type) -> String {
        Word.allCases.map(\.rawValue).joined(separator: ", ")
    }
}
