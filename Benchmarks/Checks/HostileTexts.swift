/// Texts made to be slow for readers that look back or ahead too far: one short piece again and again.
package enum HostileTexts {
    /// What is repeated, by name.
    package static let all: [(name: String, piece: [UInt8])] = [
        ("digits", bytes("7")), ("digit groups", bytes("1,234,")), ("versions", bytes("1.")), ("numbers", bytes("92 ")),
        ("brackets", bytes("(")), ("bracket pairs", bytes("(a) [")), ("braces", bytes("{")), ("closing", bytes(") ")),
        ("respectively", bytes("respectively ")), ("capitals", bytes("A")), ("capital words", bytes("ABC ")),
        ("names", bytes("FooBar-7 ")), ("name list", bytes("FooBar, ")), ("acronyms", bytes("Foo Bar Baz (FBB) ")),
        ("URL", bytes("https://a.b/")), ("URLs", bytes("https://a.b/c ")), ("URL parts", bytes("github.com / a . ")),
        ("commas", bytes(",")), ("and", bytes(", and ")), ("dollars", bytes("$")), ("amounts", bytes("$5 ")),
        ("backslashes", bytes("\\")), ("commands", bytes("\\textbf{")), ("citations", bytes("\\cite{")),
        ("state of the art", bytes("state-of-the-art ")), ("percents", bytes("1% 2% 3% ")), ("signs", bytes("%")),
        ("results", bytes("achieves 92.1% accuracy on CIFAR-10, ")), ("ranges", bytes("from 1 to 2 ")),
        ("result and names", bytes("9.1% on Foo and Bar, ")),
        ("results in turn", bytes("Foo7 has 9.1% F1. Bar8 too. ")),
        ("statements", bytes("we outperform the state of the art, ")), ("zeros", bytes("0")),
        ("sizes in brackets", bytes("FooNet (42M), ")),
        ("sizes", bytes("Qwen-7B, 13B and 70B ")), ("parameters", bytes("7B parameters ")),
        ("hyphens", bytes("-")), ("hyphenated", bytes("a-")), ("dots", bytes(".")), ("initials", bytes("A. ")),
        ("sentences", bytes("We reach 9.1% on MNIST. ")), ("spaces", bytes(" ")), ("line ends", bytes("a-\n")),
        ("entities", bytes("&amp")), ("apostrophes", bytes("'")), ("plus", bytes("a+")), ("tildes", bytes("~5 ")),
        ("slashes", bytes("1/")), ("dimensions", bytes("1 x ")), ("carets", bytes("10^")),
        ("pip", bytes("pip install ")),
        ("invalid", [0xFF]), ("cut characters", [0xE2, 0x80]), ("combining marks", bytes("e\u{301}\u{302}")),
        ("dashes", bytes("\u{2014}")), ("digits of other scripts", bytes("\u{0663}")), ("nulls", [0]),
    ]

    private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    /// One text of a size.
    package static func text(_ piece: [UInt8], size: Int) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(size + piece.count)
        while text.count < size { text.append(contentsOf: piece) }
        return text
    }
}
