internal import Claims

// What a number's own form says: a citation, an interval, the extent of a thing.

extension KindCueFinder {
    /// `[23]`: a whole number alone in square brackets.
    func isCitation(_ quantity: Quantity, in sentence: Range<Int>) -> Bool {
        let (open, end) = (quantity.start - 1, quantity.tokens.upperBound)
        guard quantity.unit == .none, quantity.amount.token >= 0, sentence.contains(open), sentence.contains(end),
            document.tokens[open].isMark("["), document.tokens[end].isMark("]")
        else { return false }
        let token = document.tokens[Int(quantity.amount.token)]
        return !token.shape.contains(.hasPoint) && token.range.count <= 3
    }

    /// `[2.4, 2.7]`: two numbers alone in square brackets.
    func isInterval(of index: Int, in sentence: Range<Int>) -> Bool {
        let quantities = context.quantities
        return index + 1 < quantities.count && isInterval(quantities[index], quantities[index + 1], in: sentence)
            || index > 0 && isInterval(quantities[index - 1], quantities[index], in: sentence)
    }

    private func isInterval(_ low: Quantity, _ high: Quantity, in sentence: Range<Int>) -> Bool {
        let (open, end) = (low.start - 1, high.tokens.upperBound)
        guard sentence.contains(open), sentence.contains(end), high.start == low.tokens.upperBound + 1 else {
            return false
        }
        return document.tokens[open].isMark("[") && document.tokens[end].isMark("]")
            && document.tokens[high.start - 1].isMark(",")
    }

    /// `a 5-second clip`: a printed unit joined by a hyphen.
    func isModifier(_ quantity: Quantity) -> Bool {
        guard quantity.unit.isPrinted, quantity.amount.token >= 0 else { return false }
        let next = Int(quantity.amount.token) + 1
        return next < quantity.tokens.upperBound && document.tokens[next].isMark("-")
    }
}
