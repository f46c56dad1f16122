import Claims

/// The forms in which printed names and numbers are compared, so that case, punctuation and words of kind make no
/// difference.
enum ComparedNames {
    /// A name in lower-case ASCII letters, digits and `+`, without the words of ``noise``.
    static func name(_ text: String) -> String {
        let lowered = text.lowercased()
        let bare = kept(withoutNoise(lowered))
        return bare.isEmpty ? kept(Substring(lowered)) : bare
    }

    /// A metric's name, with the common other names of some folded into one.
    static func metric(_ text: String?) -> String? {
        text.map(name).map { metrics[$0] ?? $0 }
    }

    /// A decimal without what does not change its value; what is no decimal as it is.
    static func decimal(_ text: String?) -> String? {
        guard let text else { return nil }
        guard ExactDecimal(text) != nil else { return text }
        let isNegative = text.hasPrefix("-")
        let parts = text.drop { $0 == "-" }.split(separator: ".", maxSplits: 1)
        let whole = parts[0].drop { $0 == "0" }
        var fraction = parts.count > 1 ? parts[1] : ""
        while fraction.last == "0" { fraction = fraction.dropLast() }
        return (isNegative ? "-" : "") + (whole.isEmpty ? "0" : whole) + (fraction.isEmpty ? "" : "." + fraction)
    }

    private static let noise: Set<Substring> = [
        "the", "our", "dataset", "datasets", "benchmark", "benchmarks", "task", "tasks", "leaderboard",
        "leaderboards", "challenge", "challenges", "environment", "environments", "score", "scores", "metric",
        "metrics",
    ]

    /// Two words that are noise together.
    private static let noisePairs: [Substring: Set<Substring>] = ["data": ["set", "sets"], "test": ["set"]]

    private static let metrics = [
        "acc": "accuracy", "f1score": "f1", "wordrate": "wer", "worderrorrate": "wer",
        "frechetinceptiondistance": "fid", "meanaverageprecision": "map", "inferencespeed": "speed",
        "speedup": "speed",
    ]

    private static func withoutNoise(_ text: String) -> Substring {
        var rest = Substring(text)
        var result = ""
        while let first = rest.first {
            guard isWord(first) else {
                result.append(first)
                rest.removeFirst()
                continue
            }
            let word = rest.prefix(while: isWord)
            rest = rest.dropFirst(word.count)
            if noise.contains(word) { continue }
            if let seconds = noisePairs[word], rest.first == " " {
                let second = rest.dropFirst().prefix(while: isWord)
                if seconds.contains(second) {
                    rest = rest.dropFirst(second.count + 1)
                    continue
                }
            }
            result += word
        }
        return Substring(result)
    }

    private static func isWord(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_"
    }

    private static func kept(_ text: Substring) -> String {
        String(
            text.unicodeScalars.filter { scalar in
                switch scalar {
                case "a"..."z", "0"..."9", "+": true
                default: false
                }
            }
        )
    }
}
