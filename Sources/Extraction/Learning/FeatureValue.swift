/// One value of a feature: a number, a word of the lexicon, a kind of token, a mark.
///
/// It knows how to be written down, so that the weights are a text that people can read.
struct FeatureValue: Hashable {
    /// The type in the upper four of 28 bits, the value in the others.
    let rawValue: UInt32

    private static let payload: UInt32 = 0x00FF_FFFF

    private enum Tag: UInt32 {
        case number, word, shape, mark, unit, wordClass, cue
    }

    private init(_ tag: Tag, _ value: UInt32) {
        self.rawValue = tag.rawValue << 24 | value & Self.payload
    }

    fileprivate init(rawValue: UInt32) { self.rawValue = rawValue }

    /// What a token is where it is no word of the lexicon.
    enum Shape: UInt32, CaseIterable {
        case edge, number, benchmark, system, own, acronym, name, word, url
    }

    static let none = FeatureValue(.number, 0)

    /// A small count or a yes (1) and no (0).
    static func number(_ value: Int) -> FeatureValue { FeatureValue(.number, UInt32(clamping: value)) }
    static func flag(_ value: Bool) -> FeatureValue { FeatureValue(.number, value ? 1 : 0) }
    static func word(_ word: WordID) -> FeatureValue { FeatureValue(.word, UInt32(bitPattern: word.rawValue)) }
    static func shape(_ shape: Shape) -> FeatureValue { FeatureValue(.shape, shape.rawValue) }
    /// A class of words, and how near one is: 1...7.
    static func wordClass(_ wordClass: WordClass, near: Int) -> FeatureValue {
        FeatureValue(.wordClass, UInt32(wordClass.rawValue) << 3 | UInt32(near & 7))
    }
    static func cue(_ cue: KindCue) -> FeatureValue { FeatureValue(.cue, UInt32(cue.rawValue)) }
    static func unit(_ unit: QuantityUnit) -> FeatureValue { FeatureValue(.unit, UInt32(unit.rawValue)) }
    /// A unit, all printed ones as one.
    static func unitKind(_ unit: QuantityUnit) -> FeatureValue {
        FeatureValue(.unit, unit.isPrinted ? payload : UInt32(unit.rawValue))
    }
    static func mark(_ mark: UInt8) -> FeatureValue { FeatureValue(.mark, UInt32(mark)) }

    /// The value as the weights file has it: `=3`, `of`, `<benchmark>`, `'%`.
    func text(in lexicon: Lexicon) -> String {
        let value = rawValue & Self.payload
        switch Tag(rawValue: rawValue >> 24) {
        case .word: return lexicon.text(of: WordID(rawValue: Int32(value)))
        case .shape: return "<\(Shape(rawValue: value).map { String(describing: $0) } ?? "")>"
        case .mark: return value < 0x80 ? "'\(Unicode.Scalar(UInt8(value)))" : "'\u{2014}"
        case .wordClass:
            let name = WordClass(rawValue: UInt8(value >> 3)).map { String(describing: $0) } ?? ""
            return ".\(name)/\(value & 7)"
        case .cue: return "!\(KindCue(rawValue: UInt8(value)).map { String(describing: $0) } ?? "")"
        case .unit:
            return value == Self.payload ? "#*" : "#\(UnitTable.builtIn.name(of: QuantityUnit(rawValue: UInt8(value))))"
        case .number, nil: return "=\(value)"
        }
    }

    /// Reads a value as the weights file has it.
    init?(text: Substring, lexicon: Lexicon) {
        if text.hasPrefix("="), let value = UInt32(text.dropFirst()) {
            self.init(.number, value)
        } else if text.hasPrefix("<"), let shape = Shape.allCases.first(where: { "<\($0)>" == text }) {
            self.init(.shape, shape.rawValue)
        } else if text.hasPrefix("'"), text.utf8.count > 1 {
            self.init(.mark, UInt32(text.utf8.dropFirst().first ?? 0))
        } else if text.hasPrefix("."), let slash = text.lastIndex(of: "/"), let near = Int(text[slash...].dropFirst()),
            let wordClass = WordClass.named(text[..<slash].dropFirst())
        {
            self = .wordClass(wordClass, near: near)
        } else if text.hasPrefix("!"), let cue = KindCue.allCases.first(where: { "!\($0)" == text }) {
            self = .cue(cue)
        } else if text == "#*" {
            self.init(.unit, Self.payload)
        } else if text.hasPrefix("#"), let unit = UnitTable.builtIn.anyUnit(named: text.dropFirst()) {
            self = .unit(unit)
        } else if let word = lexicon.knownWord(text) {
            self = .word(word)
        } else {
            return nil
        }
    }
}

/// A feature with its values, as one number: the feature's own in the upper 8 bits, then twice 28 bits for the values.
package struct FeatureKey: Hashable, Sendable {
    let rawValue: UInt64

    init(_ feature: Feature, _ first: FeatureValue, _ second: FeatureValue = .none) {
        self.rawValue = UInt64(feature.rawValue) << 56 | UInt64(first.rawValue) << 28 | UInt64(second.rawValue)
    }

    /// The place of the map of confidences that a step from 0 has.
    package init(confidenceStep: Int) { self.init(.confidence, .number(confidenceStep)) }

    /// How many steps that map has.
    package static var confidenceSteps: Int { ConfidenceMap.steps }

    /// Reads `name`, tab, first value, tab, second value.
    init?(fields: ArraySlice<Substring>, lexicon: Lexicon) {
        guard fields.count == 3, let feature = Feature.named(fields[fields.startIndex]),
            let first = FeatureValue(text: fields[fields.startIndex + 1], lexicon: lexicon),
            let second = FeatureValue(text: fields[fields.startIndex + 2], lexicon: lexicon)
        else { return nil }
        self.init(feature, first, second)
    }

    /// How far training trusts the feature before it has seen anything: as if its value were this much instead of 1.
    package var strength: Double { Feature(rawValue: UInt8(rawValue >> 56))?.strength ?? 1 }

    /// Whether it tells where an example comes from, which papers that are read have no feature for.
    package var isForTrainingAlone: Bool { Feature(rawValue: UInt8(rawValue >> 56)) == .written }

    /// The feature as the weights file has it: name and values, parted by tabs.
    package var text: String {
        let feature = Feature(rawValue: UInt8(rawValue >> 56)).map { String(describing: $0) } ?? ""
        let first = FeatureValue(rawValue: UInt32(rawValue >> 28 & 0x0FFF_FFFF))
        let second = FeatureValue(rawValue: UInt32(rawValue & 0x0FFF_FFFF))
        return "\(feature)\t\(first.text(in: .builtIn))\t\(second.text(in: .builtIn))"
    }
}
