internal import Claims

extension QuantityFinder {
    /// Where the sign or currency before a number starts.
    func startOfSign(before index: Int, in sentence: Range<Int>) -> Int {
        guard index > sentence.lowerBound, document.tokens[index].shape.contains(.isGlued) else { return index }
        let before = document.tokens[index - 1]
        if before.isMark("$") {
            let start = index - 1
            return isSign(at: start - 1, in: sentence) ? start - 1 : start
        }
        return isSign(at: index - 1, in: sentence) ? index - 1 : index
    }

    /// Whether a plus or minus stands here that belongs to what follows: no word or number is glued before it.
    private func isSign(at index: Int, in sentence: Range<Int>) -> Bool {
        guard index >= sentence.lowerBound else { return false }
        let token = document.tokens[index]
        guard token.isMark("+") || token.isMark("-"), token.range.count == 1 else { return false }
        guard index > sentence.lowerBound, token.shape.contains(.isGlued) else { return true }
        let before = document.tokens[index - 1]
        // "AP+6.9": a gain glued to its metric.
        if token.isMark("+"), before.has(.metric), index + 1 < sentence.upperBound,
            document.tokens[index + 1].kind == .number
        {
            return true
        }
        return before.kind == .mark && !before.isMark(")") && !before.isMark("%")
    }

    /// Reads sign, currency and bound before the number.
    func readPrefix(of quantity: inout Quantity, at index: Int, in sentence: Range<Int>) {
        let start = quantity.tokens.lowerBound
        if start < index {
            let first = document.tokens[start].mark
            if first == UInt8(ascii: "+") || first == UInt8(ascii: "-") { quantity.sign = first }
            if document.tokens[index - 1].isMark("$") { quantity.unit = Self.dollars }
        }
        quantity.start = start
        readBound(of: &quantity, in: sentence)
        readFactor(of: &quantity, in: sentence)
    }

    private static let dollars = UnitTable.builtIn.unit(named: "USD") ?? .none

    /// How far before a number the words of a bound start at most.
    private static let longestBound = 4

    private func readBound(of quantity: inout Quantity, in sentence: Range<Int>) {
        var before = quantity.start - 1
        guard before >= sentence.lowerBound else { return }
        if let bound = boundOfMark(document.tokens[before]) {
            quantity.bound = bound
            quantity.start = before
            return
        }
        // "sub-400ms".
        if document.tokens[before].isMark("-"), before > sentence.lowerBound,
            document.tokens[before - 1].classes.contains(.boundBelow)
        {
            quantity.bound = .below
            quantity.start = before - 1
            return
        }
        // "up to a 6x gain"; not "over a 10% baseline".
        var hasArticle = false
        if isArticle(at: before) {
            before -= 1
            hasArticle = true
        }
        var start = before
        while start >= sentence.lowerBound, before - start < Self.longestBound {
            let token = document.tokens[start]
            let isPhrase = token.phraseLength > 1 && start + Int(token.phraseLength) == before + 1
            if isPhrase, let bound = bound(of: token.phraseClasses) {
                quantity.bound = bound
                quantity.start = start
                return
            }
            start -= 1
        }
        guard before >= sentence.lowerBound else { return }
        let token = document.tokens[before]
        if let bound = bound(of: token.classes), !(hasArticle && bound == .atLeast) {
            quantity.bound = bound
            quantity.start = before
        } else if token.classes.contains(.winVerb), quantity.unit != .points, quantity.unit != .times,
            quantity.sign == 0
        {
            quantity.bound = .atLeast
        }
    }

    private func isArticle(at index: Int) -> Bool {
        index >= 0 && (document.tokens[index].word == known.a || document.tokens[index].word == known.an)
    }

    private func bound(of classes: WordClasses) -> Bound? {
        if classes.contains(.boundUp) { return .upTo }
        if classes.contains(.boundLeast) { return .atLeast }
        if classes.contains(.boundBelow) { return .below }
        return classes.contains(.boundAbout) ? .about : nil
    }

    private func boundOfMark(_ token: Token) -> Bound? {
        guard token.kind == .mark else { return nil }
        switch token.mark {
        case UInt8(ascii: "~"): return .about
        case UInt8(ascii: ">"): return .atLeast
        case UInt8(ascii: "<"): return token.range.count == 2 ? .upTo : .below
        default: return nil
        }
    }

    /// `by a factor of 20` is 20 times.
    private func readFactor(of quantity: inout Quantity, in sentence: Range<Int>) {
        let of = quantity.start - 1
        guard quantity.unit == .none, of - 1 >= sentence.lowerBound else { return }
        if document.tokens[of].word == known.of, document.tokens[of - 1].word == known.factor { quantity.unit = .times }
    }

    /// Reads what stands behind a number and bounds it: `50+`, `10 % or more`.
    func readSuffix(of quantity: inout Quantity, in sentence: Range<Int>) {
        let end = quantity.tokens.upperBound
        guard quantity.bound == .exact, end < sentence.upperBound else { return }
        let token = document.tokens[end]
        let isOpenPlus = token.isMark("+") && token.shape.contains(.isGlued) && token.range.count == 1
        if isOpenPlus, end + 1 >= sentence.upperBound || !document.tokens[end + 1].shape.contains(.isGlued) {
            quantity.bound = .atLeast
        }
    }
}
