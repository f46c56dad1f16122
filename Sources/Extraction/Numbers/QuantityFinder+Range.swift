internal import Claims

extension QuantityFinder {
    /// Reads the second number of `3-5 %`, `3 % to 5 %`, `between 3 and 5`, `3 -> 5`.
    func readUpperEnd(behind quantity: Quantity, in sentence: Range<Int>) -> ReadAmount? {
        let joint = quantity.tokens.upperBound
        guard joint + 1 < sentence.upperBound, isJoint(at: joint, behind: quantity, in: sentence) else { return nil }
        var index = joint + 1
        var sign: UInt8 = 0
        var isCurrency = false
        // "from ~3 to ~5", "-2 to +3", "$2 to $5".
        while index < sentence.upperBound, document.tokens[index].kind == .mark, index < joint + 3 {
            switch document.tokens[index].mark {
            case UInt8(ascii: "~"), UInt8(ascii: ">"), UInt8(ascii: "<"): break
            case UInt8(ascii: "$"): isCurrency = true
            case UInt8(ascii: "+") where document.tokens[index].range.count == 1,
                UInt8(ascii: "-") where document.tokens[index].range.count == 1:
                sign = document.tokens[index].mark
            default: return nil
            }
            index += 1
        }
        // "from 80 % to at most 38 %", "from 12 % to about 5 %", "from 3 to only 2".
        if document.tokens[joint].word == known.to { index = endOfBound(at: index, in: sentence) }
        guard index < sentence.upperBound, isNumber(at: index), var read = readAmount(at: index, in: sentence) else {
            return nil
        }
        read.sign = sign
        if isCurrency { read.unit = quantity.unit }
        // "80 % to 16 devices" is no range; "2 %-5" is.
        let isUnitLeftOut = read.unit == .none && document.tokens[joint].kind == .mark
        let isSameUnit = read.unit == quantity.unit || quantity.unit == .none || isUnitLeftOut
        return isSameUnit ? read : nil
    }

    private func isNumber(at index: Int) -> Bool {
        document.tokens[index].kind == .number || document.tokens[index].classes.contains(.numberWord)
    }

    private func endOfBound(at index: Int, in sentence: Range<Int>) -> Int {
        guard index < sentence.upperBound else { return index }
        let token = document.tokens[index]
        let isBound = token.has(.boundUp) || token.has(.boundLeast) || token.has(.boundBelow) || token.has(.boundAbout)
        if isBound { return index + max(1, Int(token.phraseLength)) }
        return token.word == known.only || token.word == known.just ? index + 1 : index
    }

    private func isJoint(at index: Int, behind quantity: Quantity, in sentence: Range<Int>) -> Bool {
        let token = document.tokens[index]
        if token.isMark("-") || token.mark == 0xE2 && token.shape.contains(.isGlued) { return true }
        if token.word == known.to { return true }
        let before = quantity.start - 1
        return token.word == known.and && before >= sentence.lowerBound && document.tokens[before].word == known.between
    }

    /// Makes one range of two numbers, or two quantities of a move.
    func join(_ first: Quantity, _ last: ReadAmount, in sentence: Range<Int>, into quantities: inout [Quantity]) {
        var (low, unit) = (first, first.unit == .none ? last.unit : first.unit)
        if last.unit == .none, first.unit != .none { unit = first.unit }
        low.unit = unit
        // "3 to 5k" counts thousands in both.
        if low.amount.token >= 0, low.amount.exponent == 0, first.unit == .none {
            low.amount.exponent = last.amount.exponent
        }
        if low.amount.token < 0, last.amount.token < 0, last.amount.literal >= 10, first.unit == .none, unit == .times {
            low.amount.literal = power(of: first.amount.literal, like: last)
        }
        guard isMove(from: first, to: last, in: sentence) else {
            low.high = last.amount
            low.tokens = low.tokens.lowerBound..<last.end
            if isOrderedUp(low) { quantities.append(low) } else { quantities.append(swapped(low)) }
            return
        }
        low.move = .from
        quantities.append(low)
        let token = last.amount.token >= 0 ? Int(last.amount.token) : last.end - 1
        var high = Quantity(
            tokens: startOfSign(before: token, in: sentence)..<last.end,
            start: token,
            amount: last.amount,
            unit: unit,
            sentence: first.sentence
        )
        readPrefix(of: &high, at: token, in: sentence)
        high.unit = unit
        high.move = .to
        readSuffix(of: &high, in: sentence)
        quantities.append(high)
    }

    /// "one to two orders of magnitude": the first is a power as well.
    private func power(of orders: Int32, like last: ReadAmount) -> Int32 {
        let index = last.end - 1
        let isPower =
            document.tokens[index].has(.magnitudeWord)
            || index > 0 && document.tokens[..<last.end].suffix(3).contains { $0.has(.magnitudeWord) }
        guard isPower, (1...8).contains(orders) else { return orders }
        return (0..<orders).reduce(1) { power, _ in power * 10 }
    }

    private func isOrderedUp(_ quantity: Quantity) -> Bool {
        guard let high = quantity.high, let low = quantity.amount.decimal(in: document),
            let top = high.decimal(in: document)
        else {
            return true
        }
        return low <= top
    }

    private func swapped(_ quantity: Quantity) -> Quantity {
        var turned = quantity
        if let high = quantity.high { (turned.amount, turned.high) = (high, quantity.amount) }
        return turned
    }

    // MARK: Move or range

    /// How far before a pair the verb that moves it is looked for.
    private static let farthestVerb = 30

    /// Whether two numbers are what a level was and is, not the ends of a range.
    private func isMove(from first: Quantity, to last: ReadAmount, in sentence: Range<Int>) -> Bool {
        let joint = document.tokens[first.tokens.upperBound]
        if joint.isMark("-") { return joint.range.count == 2 }
        if joint.mark == 0xE2 { return false }
        // "+1 to +2 points": the ends of a range of gains.
        if first.sign == UInt8(ascii: "+"), last.sign == first.sign { return false }
        let before = first.start - 1
        guard joint.word == known.to, before >= sentence.lowerBound else { return false }
        let word = document.tokens[before]
        if word.word == known.to || isChain(behind: last.end, in: sentence) { return true }
        if word.word == known.from {
            let cause = before > sentence.lowerBound ? document.tokens[before - 1] : word
            if cause.has(.rangeWord) { return false }
            return hasMovingVerb(before: before, in: sentence)
        }
        // "from 10 % and 20 % to 5 % and 4 %", "rises (from) 0.3 to 0.7 in brackets".
        if word.word == known.and || word.isMark("("), hasMovingVerb(before: before, in: sentence) { return true }
        // "improves by 3.2 to 45.1": a gain and the level it leads to.
        if word.word == known.by { return last.unit != .times && isGainAndLevel(first, last) }
        return word.has(.raiseVerb) && !word.has(.comparative) || word.has(.cutVerb) && !word.has(.comparative)
    }

    /// `0.61 to 0.66 to 0.60`.
    private func isChain(behind end: Int, in sentence: Range<Int>) -> Bool {
        end + 1 < sentence.upperBound && document.tokens[end].word == known.to
            && document.tokens[end + 1].kind == .number
    }

    private func hasMovingVerb(before index: Int, in sentence: Range<Int>) -> Bool {
        var index = index - 1
        let limit = max(sentence.lowerBound, index - Self.farthestVerb)
        while index >= limit {
            let token = document.tokens[index]
            if token.has(.rangeWord) { return false }
            if token.has(.raiseVerb) || token.has(.cutVerb) || token.has(.changeNoun) || token.has(.moveWord) {
                return true
            }
            index -= 1
        }
        return false
    }

    /// Whether the second number cannot be the upper end of a range of gains: it is over eight times the first.
    private func isGainAndLevel(_ first: Quantity, _ last: ReadAmount) -> Bool {
        guard let low = magnitude(first.amount), let high = magnitude(last.amount) else { return false }
        return high > 8 * low && high > 30
    }

    /// A rough value for comparisons.
    private func magnitude(_ amount: Amount) -> Double? {
        amount.decimal(in: document).flatMap { Double($0.description) }
    }
}
