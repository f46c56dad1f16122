extension QuantityFinder {
    /// An amount with its unit.
    struct ReadAmount {
        var amount: Amount
        var unit: QuantityUnit
        /// The index behind the unit.
        var end: Int
        /// The sign before the digits, else 0.
        var sign: UInt8 = 0
    }

    /// Reads digits or a number word with the multiplier and the unit behind it.
    func readAmount(at index: Int, in sentence: Range<Int>) -> ReadAmount? {
        let token = document.tokens[index]
        var amount = Amount(token: token.kind == .number ? Int32(index) : -1)
        if token.kind != .number {
            guard let value = numberWords.value(of: token.word) else { return nil }
            amount.literal = value
            if token.classes.contains(.foldWord) { return ReadAmount(amount: amount, unit: .times, end: index + 1) }
        }
        var end = index + 1
        readMultiplier(of: &amount, at: &end, in: sentence)
        if let read = readMagnitude(amount, at: end, in: sentence) { return read }
        guard let (unit, unitEnd) = readUnit(at: end, in: sentence, amount: amount) else { return nil }
        // "200 million points" counts points.
        if unit == .points, amount.exponent > 0 { return ReadAmount(amount: amount, unit: .none, end: end) }
        if let deviation = endOfPlusMinus(at: unitEnd, in: sentence) {
            guard deviation < sentence.upperBound, document.tokens[deviation].kind == .number else {
                return ReadAmount(amount: amount, unit: unit, end: unitEnd)
            }
            guard let read = readUnit(at: deviation + 1, in: sentence, amount: amount) else { return nil }
            // "91.1 % +/- 1.7 %", "82.1 +/- 0.4 points".
            return ReadAmount(amount: amount, unit: unit == .none ? read.0 : unit, end: read.1)
        }
        return ReadAmount(amount: amount, unit: unit, end: unitEnd)
    }

    /// `±`, `+/-`: the index behind it.
    func endOfPlusMinus(at index: Int, in sentence: Range<Int>) -> Int? {
        guard index + 1 < sentence.upperBound, document.tokens[index].isMark("+") else { return nil }
        if document.tokens[index].range.count == 2 { return index + 1 }
        guard index + 2 < sentence.upperBound, document.tokens[index + 1].isMark("/"),
            document.tokens[index + 2].isMark("-")
        else {
            return nil
        }
        return index + 3
    }

    /// `3k`, `1.5M`, `7B`, `2 million`.
    private func readMultiplier(of amount: inout Amount, at end: inout Int, in sentence: Range<Int>) {
        guard end < sentence.upperBound, amount.token >= 0 else { return }
        let token = document.tokens[end]
        if token.shape.contains(.isGlued), token.range.count == 1 {
            switch document.text.bytes[Int(token.start)] {
            case UInt8(ascii: "k"), UInt8(ascii: "K"): amount.exponent = 3
            case UInt8(ascii: "M"): amount.exponent = 6
            case UInt8(ascii: "B"): amount.exponent = 9
            default: return
            }
            end += 1
        } else if let exponent = numberWords.exponent(of: token.word) {
            amount.exponent = exponent
            end += 1
        }
    }

    /// `two orders of magnitude` is 100 times.
    private func readMagnitude(_ amount: Amount, at end: Int, in sentence: Range<Int>) -> ReadAmount? {
        guard end < sentence.upperBound, document.tokens[end].has(.magnitudeWord), let orders = wholeNumber(amount)
        else { return nil }
        guard (1...8).contains(orders) else { return nil }
        var power = Amount(token: -1, literal: 1)
        for _ in 0..<orders { power.literal *= 10 }
        return ReadAmount(amount: power, unit: .times, end: end + max(1, Int(document.tokens[end].phraseLength)))
    }

    /// An amount without a fraction, below ten.
    func wholeNumber(_ amount: Amount) -> Int32? {
        guard amount.token >= 0 else { return amount.literal }
        let range = document.tokens[Int(amount.token)].range
        guard range.count == 1 else { return nil }
        return Int32(document.text.bytes[range.lowerBound] - UInt8(ascii: "0"))
    }

    /// The unit that starts at a token.
    ///
    /// - Returns: the unit and the index behind it, ``QuantityUnit/none`` where there is none; `nil` where the number is
    ///   the start of a word (`3D`, `10th`).
    private func readUnit(at start: Int, in sentence: Range<Int>, amount: Amount) -> (QuantityUnit, Int)? {
        guard start < sentence.upperBound else { return (.none, start) }
        let token = document.tokens[start]
        if token.isMark("%") { return readPercent(behind: start + 1, in: sentence) }
        let isGlued = token.shape.contains(.isGlued)
        if token.isMark("-"), isGlued { return readHyphenated(at: start + 1, in: sentence) ?? (.none, start) }
        if token.kind == .word, let unit = readUnitWord(at: start, in: sentence, isGlued: isGlued) { return unit }
        if token.kind == .word, isGlued, amount.token >= 0, !token.classes.contains(.metric), amount.exponent == 0 {
            return nil
        }
        return readMetricPoints(at: start, in: sentence) ?? (.none, start)
    }

    /// `%`, and what makes it points: `% points`, `%p`, `% absolute points`.
    private func readPercent(behind end: Int, in sentence: Range<Int>) -> (QuantityUnit, Int) {
        guard end < sentence.upperBound else { return (.percent, end) }
        var next = end
        if document.tokens[next].isMark("-"), next + 1 < sentence.upperBound { next += 1 }
        let token = document.tokens[next]
        if token.has(.pointsWord) { return (.points, next + max(1, Int(token.phraseLength))) }
        if token.word == known.p, token.shape.contains(.isGlued) { return (.points, next + 1) }
        return (.percent, end)
    }

    /// `15-point`, `30-second`, `10-fold`.
    private func readHyphenated(at start: Int, in sentence: Range<Int>) -> (QuantityUnit, Int)? {
        guard start < sentence.upperBound, document.tokens[start].kind == .word,
            document.tokens[start].shape.contains(.isGlued)
        else {
            return nil
        }
        return readUnitWord(at: start, in: sentence, isGlued: true)
    }

    /// Words that are units: of ``UnitTable``, percent, points, times.
    private func readUnitWord(at start: Int, in sentence: Range<Int>, isGlued: Bool) -> (QuantityUnit, Int)? {
        let token = document.tokens[start]
        if token.has(.pointsWord) { return (.points, start + max(1, Int(token.phraseLength))) }
        if token.has(.percentWord) { return (.percent, start + max(1, Int(token.phraseLength))) }
        if token.classes.contains(.timesWord) {
            // "3 x 3" is no factor.
            let isDimension =
                start + 1 < sentence.upperBound && document.tokens[start + 1].kind == .number && token.word == known.x
            return isDimension ? nil : (.times, start + 1)
        }
        guard let (unit, end) = units.unit(in: document.tokens, at: start), end <= sentence.upperBound else {
            return nil
        }
        // "1.13 bits per character" is a metric.
        if token.phraseClasses.contains(.metric), start + Int(token.phraseLength) > end { return nil }
        guard end > start + 1 || token.range.count > 1 || isUnitLetter(token) else { return nil }
        return (unit, end)
    }

    /// Units of one letter are told from others by their case: `5 m`, `3 W`.
    private func isUnitLetter(_ token: Token) -> Bool {
        switch document.text.bytes[Int(token.start)] {
        case UInt8(ascii: "s"), UInt8(ascii: "m"), UInt8(ascii: "h"), UInt8(ascii: "g"), UInt8(ascii: "W"),
            UInt8(ascii: "J"),
            UInt8(ascii: "V"), UInt8(ascii: "A"):
            true
        default: false
        }
    }

    /// How many words of a metric stand between a number and `points` at most.
    private static let longestMetric = 4

    /// `1.5 BLEU points`, `0.3 absolute F1 points`.
    private func readMetricPoints(at start: Int, in sentence: Range<Int>) -> (QuantityUnit, Int)? {
        var index = start
        // Whatever one word it is: "0.1 quality points".
        let isPlain =
            start + 1 < sentence.upperBound && document.tokens[start].kind == .word
            && document.tokens[start + 1].has(.pointsWord)
        if isPlain, start > 0, document.tokens[start - 1].shape.contains(.hasPoint) { return (.points, start) }
        while index < min(sentence.upperBound, start + Self.longestMetric) {
            let token = document.tokens[index]
            if index > start, token.has(.pointsWord) { return (.points, start) }
            let isMetric =
                token.has(.metric) || token.has(.metricHead) || token.has(.absoluteWord) || token.has(.percentWord)
                || token.shape.contains(.innerUpper) || token.shape.contains(.allUpper)
            guard token.kind != .mark, isMetric || index > start && token.kind == .number else { return nil }
            index += 1
        }
        return nil
    }
}
