/// The values of number words.
///
/// The words themselves stand in `words.tsv` as `numberWord`, `foldWord` and `multiplierWord`.
struct NumberWord: Sendable {
    private let values: [WordID: Int32]
    private let exponents: [WordID: UInt8]

    /// Looks the words up.
    init(lexicon: Lexicon) {
        var values: [WordID: Int32] = [:]
        for (word, value) in Self.numbers { values[lexicon.word(word)] = value }
        for (word, value) in Self.numbers {
            for form in ["\(word)fold", "\(word)-fold"] {
                if let known = lexicon.knownWord(form) { values[known] = value }
            }
        }
        values[lexicon.word("twice")] = 2
        values[lexicon.word("thrice")] = 3
        self.values = values
        self.exponents = Self.multipliers.reduce(into: [:]) { $0[lexicon.word($1.key)] = $1.value }
    }

    /// The value of `ten` or `tenfold`.
    func value(of word: WordID) -> Int32? { values[word] }

    /// The power of ten of `million`.
    func exponent(of word: WordID) -> UInt8? { exponents[word] }

    private static let numbers: KeyValuePairs<String, Int32> = [
        "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
        "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
        "hundred": 100, "thousand": 1000,
    ]

    private static let multipliers: KeyValuePairs<String, UInt8> = [
        "thousand": 3, "million": 6, "billion": 9, "trillion": 12,
    ]
}
