import Foundation

/// A chat's answer, as far as it matters here.
struct ChatAnswer: Decodable {
    struct Choice: Decodable {
        var message: Message
    }

    struct Message: Decodable {
        var content: String?
        var refusal: String?
    }

    /// The tokens that were paid for.
    struct Usage: Decodable {
        var promptTokens: Int?
        var completionTokens: Int?
    }

    var choices: [Choice]
    var usage: Usage?

    /// Reads an answer.
    ///
    /// - Throws: `ModelReaderError.notAnAnswer`.
    init(_ body: Data) throws(ModelReaderError) {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            self = try decoder.decode(ChatAnswer.self, from: body)
        } catch {
            throw .notAnAnswer
        }
    }

    /// What the model wrote.
    ///
    /// - Throws: `ModelReaderError.declined`, `.notAnAnswer`.
    var content: String {
        get throws(ModelReaderError) {
            guard let message = choices.first?.message else { throw .notAnAnswer }
            if let content = message.content, !content.isEmpty { return content }
            throw message.refusal == nil ? .notAnAnswer : .declined
        }
    }
}
