/// Titles and abstracts as they are kept: control characters of the wild do not get into the registry.
public enum PaperText {
    /// A title on one line: every run of white space that has a line break, a tab or the like in it becomes one space.
    ///
    /// - Returns: `nil` where it has control characters that are no white space, and so is no title.
    public static func title(_ text: String) -> String? {
        guard text.hasControls() else { return text }
        guard !text.unicodeScalars.contains(where: { $0.isControl && !$0.properties.isWhitespace }) else { return nil }
        var folded = String.UnicodeScalarView()
        var run = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar.properties.isWhitespace {
                run.append(scalar)
            } else {
                if !run.contains(where: \.isControl) {
                    folded.append(contentsOf: run)
                } else if !folded.isEmpty {
                    folded.append(" ")
                }
                run = String.UnicodeScalarView()
                folded.append(scalar)
            }
        }
        if !run.contains(where: \.isControl) { folded.append(contentsOf: run) }
        return String(folded)
    }

    /// An abstract whose lines end in `\n`, with a space for every control character but line breaks and tabs.
    ///
    /// Extraction reads the text as it is given back, so that evidence stands where it says.
    public static func abstract(_ text: String) -> String {
        guard text.hasControls(but: ["\n", "\t"]) else { return text }
        var cleaned = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n" where previous == "\r": break
            case "\n", "\r": cleaned.append("\n")
            case "\t": cleaned.append(scalar)
            default: cleaned.append(scalar.isControl ? " " : scalar)
            }
            previous = scalar
        }
        return String(cleaned)
    }
}

extension Unicode.Scalar {
    /// Whether it is a control character: U+0000...U+001F and U+007F...U+009F (category Cc).
    public var isControl: Bool { value < 0x20 || (0x7F...0x9F).contains(value) }
}

extension String {
    /// Whether there is a control character in it, beside those given.
    public func hasControls(but allowed: Set<Unicode.Scalar> = []) -> Bool {
        unicodeScalars.contains { $0.isControl && !allowed.contains($0) }
    }
}
