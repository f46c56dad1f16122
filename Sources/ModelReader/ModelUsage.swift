/// What the calls of a reader have cost.
package struct ModelUsage: Sendable, Hashable {
    /// Requests sent, failed ones included.
    package var calls = 0
    /// Tokens of questions, as the endpoint counts them.
    package var inputTokens = 0
    /// Tokens of answers, as the endpoint counts them.
    package var outputTokens = 0

    /// Nothing was asked.
    package init() {}

    /// The cost in US dollars.
    package func cost(_ prices: TokenPrices) -> Double {
        (Double(inputTokens) * prices.input + Double(outputTokens) * prices.output) / 1_000_000
    }

    /// Adds the tokens of an answer; counts that make no sense are passed over.
    mutating func add(_ usage: ChatAnswer.Usage) {
        inputTokens += max(0, min(usage.promptTokens ?? 0, Self.mostTokens))
        outputTokens += max(0, min(usage.completionTokens ?? 0, Self.mostTokens))
    }

    /// Far over what any model reads at a time.
    private static let mostTokens = 100_000_000
}
