package import Foundation

/// Which language model is asked, where, and how much that may take.
package struct ModelSettings: Sendable {
    /// Where chats are posted to.
    package var endpoint: URL
    /// The model's name, as the endpoint knows it.
    package var model: String
    /// The secret that the endpoint wants; `nil` for one that wants none.
    ///
    /// It is never logged.
    package var key: String?
    /// The longest that one call may take, from the first byte sent to the last one read.
    package var callLimit: Duration
    /// The longest that all calls together may take.
    package var totalLimit: Duration
    /// How many calls run at a time.
    package var concurrentCalls: Int
    /// How often one paper is tried, the first time included.
    package var attempts: Int
    /// The longest answer that is read, in bytes.
    package var answerBytes: Int
    /// The wait before the second attempt; each further one waits twice as long.
    package var firstWait: Duration
    /// What tokens cost, where it is known.
    package var prices: TokenPrices?

    /// Makes settings; what is not given has the default that the documentation names.
    ///
    /// - Parameters:
    ///   - endpoint: where chats are posted to.
    ///   - model: the model's name.
    ///   - key: the secret.
    package init(endpoint: URL, model: String, key: String? = nil) {
        self.endpoint = endpoint
        self.model = model
        self.key = key
        self.callLimit = .seconds(60)
        self.totalLimit = .seconds(3600)
        self.concurrentCalls = 4
        self.attempts = 5
        // Some fifty times the records of the fullest abstract.
        self.answerBytes = 1 << 20
        self.firstWait = .seconds(1)
    }
}

/// What a million tokens cost, in US dollars.
package struct TokenPrices: Sendable, Hashable {
    /// A million tokens of questions.
    package var input: Double
    /// A million tokens of answers.
    package var output: Double
}

extension ModelSettings {
    /// Reads the settings from the environment.
    ///
    /// `CLAIMBOARD_MODEL_URL` and `CLAIMBOARD_MODEL_NAME` have to be there, `CLAIMBOARD_MODEL_KEY` may be. The limits are
    /// `CLAIMBOARD_MODEL_CALL_SECONDS`, `CLAIMBOARD_MODEL_TOTAL_SECONDS` and `CLAIMBOARD_MODEL_CALLS`; the prices, in US
    /// dollars for a million tokens, `CLAIMBOARD_MODEL_INPUT_PRICE` and `CLAIMBOARD_MODEL_OUTPUT_PRICE`.
    ///
    /// - Parameter environment: the variables; an empty one is as good as none.
    /// - Throws: `ModelSettingsError` for what is missing or wrong.
    package init(environment: [String: String]) throws(ModelSettingsError) {
        let variables = environment.filter { !$0.value.isEmpty }
        guard let address = variables["CLAIMBOARD_MODEL_URL"] else {
            throw ModelSettingsError("CLAIMBOARD_MODEL_URL is not set: the address of an OpenAI-compatible endpoint.")
        }
        guard let model = variables["CLAIMBOARD_MODEL_NAME"] else {
            throw ModelSettingsError("CLAIMBOARD_MODEL_NAME is not set: the model's name at CLAIMBOARD_MODEL_URL.")
        }
        guard let endpoint = Self.chats(at: address) else {
            throw ModelSettingsError("CLAIMBOARD_MODEL_URL is no address that starts with http:// or https://.")
        }
        self.init(endpoint: endpoint, model: model, key: variables["CLAIMBOARD_MODEL_KEY"])
        if let key, key.utf8.contains(where: { $0 <= 0x20 || $0 >= 0x7F }) {
            throw ModelSettingsError("CLAIMBOARD_MODEL_KEY has characters that no key has.")
        }
        func number(_ name: String, in range: ClosedRange<Double>) throws(ModelSettingsError) -> Double? {
            guard let text = variables[name] else { return nil }
            guard let number = Double(text), range.contains(number) else {
                throw ModelSettingsError("\(name) takes a number from \(range.lowerBound) to \(range.upperBound).")
            }
            return number
        }
        if let seconds = try number("CLAIMBOARD_MODEL_CALL_SECONDS", in: 0.1...3600) { callLimit = .seconds(seconds) }
        if let seconds = try number("CLAIMBOARD_MODEL_TOTAL_SECONDS", in: 0.1...604_800) {
            totalLimit = .seconds(seconds)
        }
        if let calls = try number("CLAIMBOARD_MODEL_CALLS", in: 1...64) { concurrentCalls = Int(calls) }
        let input = try number("CLAIMBOARD_MODEL_INPUT_PRICE", in: 0...1_000_000)
        let output = try number("CLAIMBOARD_MODEL_OUTPUT_PRICE", in: 0...1_000_000)
        if input != nil || output != nil { prices = TokenPrices(input: input ?? 0, output: output ?? 0) }
    }

    /// The address of chats: as given, or under the base that endpoints are known by (`https://host/v1`).
    private static func chats(at address: String) -> URL? {
        guard let url = URL(string: address), let scheme = url.scheme?.lowercased(), url.host?.isEmpty == false,
            scheme == "http" || scheme == "https"
        else { return nil }
        return url.path.hasSuffix("/chat/completions") ? url : url.appendingPathComponent("chat/completions")
    }
}

/// Settings of the language model that are missing or wrong.
package struct ModelSettingsError: Error, CustomStringConvertible {
    /// One sentence, without secrets.
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
