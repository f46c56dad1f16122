extension NormalisedText {
    /// Reads a LaTeX command.
    ///
    /// - Parameters:
    ///   - source: the source.
    ///   - position: of the backslash.
    /// - Returns: where the text goes on.
    mutating func readCommand(_ source: UnsafeBufferPointer<UInt8>, at position: Int) -> Int {
        guard position + 1 < source.count else { return position + 1 }
        let next = source[position + 1]
        guard ByteClass.isLetter(next), next < 0x80 else { return readSign(next, at: position) }
        var end = position + 1
        while end < source.count, ByteClass.isLetter(source[end]), source[end] < 0x80 { end += 1 }
        switch Self.command(named: UnsafeBufferPointer(rebasing: source[(position + 1)..<end])) {
        case .text(let text): emit(text, from: position, to: end)
        case .nothing: break
        case .space: emitSpace(from: position, to: end)
        case .reference: return Self.skipArgument(source, at: end)
        case nil:
            // A macro of the authors': its name is the best there is ("\ours achieves").
            for index in (position + 1)..<end { emit(source[index], from: index, to: index + 1) }
        }
        return end
    }

    /// `\%` and its like stand for their character, `\,` and its like for a space; accents are dropped.
    private mutating func readSign(_ sign: UInt8, at position: Int) -> Int {
        switch sign {
        case UInt8(ascii: "%"), UInt8(ascii: "$"), UInt8(ascii: "&"), UInt8(ascii: "#"), UInt8(ascii: "_"):
            emit(sign, from: position, to: position + 2)
        case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: " "), UInt8(ascii: "\\"):
            emitSpace(from: position, to: position + 2)
        case 0...0x20, 0x80...: return position + 1
        default: break
        }
        return position + 2
    }

    private enum Command {
        case text(StaticString)
        case nothing
        case space
        /// A citation or label: it goes with its argument.
        case reference
    }

    private static func command(named name: UnsafeBufferPointer<UInt8>) -> Command? {
        guard name.count <= longestCommand else { return nil }
        return commands[String(decoding: name, as: UTF8.self)]
    }

    private static let longestCommand = 16

    private static let commands: [String: Command] = {
        var table: [String: Command] = [
            "times": .text("x"), "sim": .text("~"), "approx": .text("~"), "thicksim": .text("~"),
            "simeq": .text("~"), "pm": .text("+-"), "le": .text("<="), "leq": .text("<="),
            "ge": .text(">="), "geq": .text(">="), "lt": .text("<"), "gt": .text(">"), "ll": .text("<"),
            "gg": .text(">"), "to": .text("->"), "rightarrow": .text("->"), "mu": .text("u"),
            "cdot": .text("x"), "dots": .text("..."), "ldots": .text("..."), "cdots": .text("..."),
            "percent": .text("%"), "textpercent": .text("%"), "textdollar": .text("$"),
            "textasciitilde": .text("~"), "textendash": .text("-"), "textemdash": .text("\u{2014}"),
            "textmu": .text("u"), "ell": .text("l"), "textunderscore": .text("_"),
            "cite": .reference, "citep": .reference, "citet": .reference, "ref": .reference,
            "label": .reference, "footnote": .nothing, "quad": .space, "qquad": .space, "newline": .space,
        ]
        let formatting = [
            "emph", "textbf", "textit", "textsc", "texttt", "textrm", "textsf", "text", "mathrm", "mathbf", "mathit",
            "mathcal", "mathbb", "mathsf", "mathtt", "boldsymbol", "bm", "bf", "it", "em", "rm", "sc", "tt", "sf",
            "underline", "url", "href", "mbox", "hbox", "operatorname", "left", "right", "bigl", "bigr", "xspace",
            "textsuperscript", "textsubscript", "large", "small", "displaystyle", "item", "ensuremath", "protect",
            "uline", "textnormal", "textup", "path", "nolinkurl",
        ]
        for name in formatting { table[name] = .nothing }
        return table
    }()

    /// How far a citation's end is looked for.
    private static let longestArgument = 400

    /// Steps over a command's `{...}`.
    private static func skipArgument(_ source: UnsafeBufferPointer<UInt8>, at start: Int) -> Int {
        guard start < source.count, source[start] == UInt8(ascii: "{") else { return start }
        let limit = min(source.count, start + longestArgument)
        guard let close = source[start..<limit].firstIndex(of: UInt8(ascii: "}")) else { return start }
        return close + 1
    }
}
