internal import Claims

/// Finds every number of a text, whatever it counts, with its range, unit, bound and sign.
///
/// What is no quantity at all is left out here: numbers in names of metrics (`F 1`), dimensions (`640 x 480`), fractions
/// (`9/10`), powers, ordinals, deviations behind `±`, list marks.
struct QuantityFinder {
    let document: Document
    let units: UnitTable
    let numberWords: NumberWord
    let known: KnownWords

    /// The tokens of the document.
    var tokens: [Token] { document.tokens }

    /// The tables of the built-in lexicon.
    static let numberWords = NumberWord(lexicon: .builtIn)

    private init(document: Document) {
        self.document = document
        self.units = .builtIn
        self.numberWords = Self.numberWords
        self.known = .builtIn
    }

    /// Finds the quantities, in order, without overlaps.
    ///
    /// - Complexity: linear in the document.
    static func find(in document: Document, into quantities: inout [Quantity]) {
        quantities.removeAll(keepingCapacity: true)
        let finder = QuantityFinder(document: document)
        for sentence in document.sentences.indices { finder.read(sentence, into: &quantities) }
        QuantityLists.share(in: document, quantities: &quantities)
    }

    private func read(_ number: Int, into quantities: inout [Quantity]) {
        let sentence = document.sentences[number]
        var index = sentence.lowerBound
        while index < sentence.upperBound {
            let token = document.tokens[index]
            let isPhraseOfMetric = token.phraseLength > 1 && token.phraseClasses.contains(.metric)
            if isPhraseOfMetric, token.kind == .word {
                index += Int(token.phraseLength)
                continue
            }
            let isNumber =
                token.kind == .number || token.classes.contains(.numberWord) || token.classes.contains(.foldWord)
            guard isNumber, let end = readQuantity(at: index, in: sentence, number, into: &quantities) else {
                index += 1
                continue
            }
            index = max(end, index + 1)
        }
    }

    /// Reads the quantity whose number stands at a token.
    ///
    /// - Returns: the index behind what was read, `nil` where there is nothing to read.
    private func readQuantity(
        at index: Int,
        in sentence: Range<Int>,
        _ number: Int,
        into quantities: inout [Quantity]
    ) -> Int? {
        if let end = endOfNoQuantity(at: index, in: sentence) { return end }
        guard let first = readAmount(at: index, in: sentence) else { return nil }
        var quantity = Quantity(
            tokens: startOfSign(before: index, in: sentence)..<first.end,
            start: index,
            amount: first.amount,
            unit: first.unit,
            sentence: number
        )
        readPrefix(of: &quantity, at: index, in: sentence)
        if let last = readUpperEnd(behind: quantity, in: sentence) {
            join(quantity, last, in: sentence, into: &quantities)
            return last.end
        }
        readSuffix(of: &quantity, in: sentence)
        guard isWorthKeeping(quantity) else { return quantity.tokens.upperBound }
        quantities.append(quantity)
        return quantity.tokens.upperBound
    }

    /// A number word is a quantity only where it multiplies or measures: `ten times`, `two points`, `four hours`.
    private func isWorthKeeping(_ quantity: Quantity) -> Bool {
        quantity.amount.token >= 0 || quantity.unit != .none
    }

    // MARK: What is no quantity

    /// Where the text goes on behind a number that is no quantity.
    private func endOfNoQuantity(at index: Int, in sentence: Range<Int>) -> Int? {
        guard document.tokens[index].kind == .number else { return nil }
        if index > sentence.lowerBound {
            let before = document.tokens[index - 1]
            let isGlued = document.tokens[index].shape.contains(.isGlued)
            // "± 0.3", "mAP@0.5", "10^5", "x_2", "#3".
            if before.isMark("+"), before.range.count == 2 { return endOfUnit(behind: index, in: sentence) }
            if before.isMark("@") || before.isMark("^") || before.isMark("_") || isGlued && before.isMark("#") {
                return endOfUnit(behind: index, in: sentence)
            }
            // "CIFAR-10/100", "Vim-S/2".
            if isGlued, before.isMark("/"), index - 2 >= sentence.lowerBound, document.tokens[index - 2].kind == .word,
                !isUnit(at: index - 2)
            {
                return index + 1
            }
            if isListMark(at: index, in: sentence) { return index + 1 }
        }
        guard index + 1 < sentence.upperBound else { return nil }
        let next = document.tokens[index + 1]
        if next.isMark("^"), next.shape.contains(.isGlued) { return index + 2 }
        return endOfDimension(at: index, in: sentence) ?? endOfFraction(at: index, in: sentence)
    }

    /// `(1)`, `2)`.
    private func isListMark(at index: Int, in sentence: Range<Int>) -> Bool {
        let token = document.tokens[index]
        guard token.range.count == 1, index + 1 < sentence.upperBound, document.tokens[index + 1].isMark(")") else {
            return false
        }
        return document.tokens[index - 1].kind == .mark
    }

    private func isUnit(at index: Int) -> Bool {
        document.tokens[index].classes.contains(.timesWord) || units.unit(in: document.tokens, at: index) != nil
    }

    private func endOfUnit(behind index: Int, in sentence: Range<Int>) -> Int {
        readAmount(at: index, in: sentence)?.end ?? index + 1
    }

    /// `1024 x 2048 x 3`.
    private func endOfDimension(at index: Int, in sentence: Range<Int>) -> Int? {
        var end = index + 1
        while end + 1 < sentence.upperBound, document.tokens[end].word == known.x,
            document.tokens[end + 1].kind == .number
        { end += 2 }
        return end > index + 1 ? end : nil
    }

    /// `9/10`, `24/7`: whole numbers over each other that no unit follows.
    private func endOfFraction(at index: Int, in sentence: Range<Int>) -> Int? {
        var end = index + 1
        var hasPoint = document.tokens[index].shape.contains(.hasPoint)
        while end + 1 < sentence.upperBound, document.tokens[end].isMark("/"), document.tokens[end + 1].kind == .number
        {
            hasPoint = hasPoint || document.tokens[end + 1].shape.contains(.hasPoint)
            end += 2
        }
        guard end > index + 1, !hasPoint else { return nil }
        guard let last = readAmount(at: end - 1, in: sentence), last.unit == .none else { return nil }
        return end
    }
}
