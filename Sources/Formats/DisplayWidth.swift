extension StringProtocol {
    /// How many columns of a terminal the text takes: two for wide characters and emoji, none for marks and format
    /// characters ([Unicode Standard Annex 11](https://www.unicode.org/reports/tr11/)).
    package var displayWidth: Int {
        let isPlain = utf8.allSatisfy { (0x20...0x7E).contains($0) }
        return isPlain ? utf8.count : reduce(0) { $0 + $1.displayWidth }
    }

    /// Cuts the text to a width; what was cut shows as `…`.
    ///
    /// - Parameter limit: columns of a terminal.
    /// - Returns: the text as it is where it fits.
    package func truncated(toDisplayWidth limit: Int) -> String {
        guard utf8.count > limit, displayWidth > limit else { return String(self) }
        guard limit > 0 else { return "" }
        var kept = ""
        var width = 0
        for character in self {
            width += character.displayWidth
            if width > limit - 1 { break }
            kept.append(character)
        }
        while kept.last == " " { kept.removeLast() }
        return kept + "…"
    }

    /// The text on one line, without anything that a terminal obeys: line ends and tabs become spaces, other control
    /// characters U+FFFD; characters that turn the direction of writing, and soft hyphens, are left out.
    package func cleanedForTerminal() -> String {
        if utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return String(self) }
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar.value {
            case 0x09...0x0D, 0x85, 0x2028, 0x2029: result.append(" ")
            case ..<0x20, 0x7F..<0xA0: result.append("\u{FFFD}")
            case 0xAD, 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: continue
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}

extension Character {
    /// How many columns of a terminal the character takes.
    package var displayWidth: Int {
        var sum = 0
        var isSequence = false
        for scalar in unicodeScalars {
            // An emoji sequence (joined, with a skin tone, in emoji form, a flag) is one picture.
            if sum > 0, scalar.properties.isEmojiModifier || Self.sequenceMarks.contains(scalar) { isSequence = true }
            sum += scalar.displayWidth
        }
        return isSequence ? 2 : sum
    }

    /// Zero-width joiner, emoji form, regional indicators.
    private static let sequenceMarks: Set<Unicode.Scalar> = Set(
        (["\u{200D}", "\u{FE0F}"] as [Unicode.Scalar]) + (0x1F1E6...0x1F1FF).compactMap(Unicode.Scalar.init)
    )
}

extension Unicode.Scalar {
    fileprivate var displayWidth: Int {
        if value < 0x300 { return value < 0x20 || (0x7F..<0xA0).contains(value) ? 0 : 1 }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator: return 0
        default: break
        }
        // Vowels and final consonants of Hangul join the syllable's first letter.
        if (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FF).contains(value) { return 0 }
        let isRegionalIndicator = (0x1F1E6...0x1F1FF).contains(value)
        if properties.isEmojiPresentation && !isRegionalIndicator { return 2 }
        return Self.wide.contains { $0.contains(value) } ? 2 : 1
    }

    /// Blocks of characters with East_Asian_Width Wide or Fullwidth, emoji aside.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
        0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF,
        0x1AFF0...0x1B2FF, 0x1F200...0x1F265, 0x20000...0x2FFFD, 0x30000...0x3FFFD,
    ]
}
