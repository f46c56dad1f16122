import Foundation

/// The form in which names of benchmarks, metrics and models are compared: letters, digits and `+` in lower case,
/// without words that say only what kind of thing it is ("GSM8k dataset" and "gsm-8K" are one name).
public struct NameKey: Sendable, Hashable, CustomStringConvertible {
    /// The key's text.
    public let description: String

    /// The key of a name as printed.
    ///
    /// Never empty for a name with a letter or digit in it.
    public init(_ name: some StringProtocol) {
        let words = name.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "+") }
        let kept = words.filter { !Self.noise.contains(String($0)) }
        self.description = (kept.isEmpty ? words : kept).joined()
    }

    private static let noise: Set<String> = [
        "the", "our", "dataset", "datasets", "data", "benchmark", "benchmarks", "task", "tasks", "leaderboard",
        "leaderboards", "challenge", "challenges", "environment", "environments",
    ]
}

/// A name as it stands in an address: lower-case ASCII letters, digits and single hyphens.
public struct Slug: Sendable, Hashable, CustomStringConvertible {
    /// The slug's text.
    public let description: String

    /// Makes a slug of a name as printed: "GPQA-Diamond" -> `gpqa-diamond`, "WMT'14 En-De" -> `wmt14-en-de`, "C++" ->
    /// `cpp`; letters with marks lose the marks.
    ///
    /// A name without any Latin letter or digit gives `x`.
    public init(_ name: some StringProtocol) {
        var text = ""
        var isSeparated = false
        for scalar in name.lowercased().decomposedStringWithCanonicalMapping.unicodeScalars {
            switch scalar {
            case "a"..."z", "0"..."9":
                if isSeparated && !text.isEmpty { text += "-" }
                isSeparated = false
                text.unicodeScalars.append(scalar)
            case "+":
                text += "p"
            case "'", "\u{2019}", "\u{0300}"..."\u{036F}": continue
            default: isSeparated = true
            }
            if text.utf8.count >= Self.maximumLength { break }
        }
        self.description = text.isEmpty ? "x" : text
    }

    /// The longest slug; longer names are cut.
    public static let maximumLength = 80
}
