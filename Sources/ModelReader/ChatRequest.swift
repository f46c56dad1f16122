import Claims
import Foundation
import FoundationNetworking

/// How much of the protocol a request makes use of: endpoints refuse what they do not know.
enum RequestShape: Int, Comparable, Sendable {
    /// An answer by the schema, and the same one each time.
    case full
    /// An answer by the schema; some models have one temperature only.
    case schemaOnly
    /// The question alone.
    case plain

    /// The next simpler one; `nil` behind the simplest.
    var simpler: RequestShape? { RequestShape(rawValue: rawValue + 1) }

    static func < (left: RequestShape, right: RequestShape) -> Bool { left.rawValue < right.rawValue }
}

/// A question to the model about one paper.
struct ChatRequest {
    var paper: SpacedPaper
    var shape: RequestShape

    /// The request as it is sent.
    ///
    /// - Throws: what Foundation throws for text that it cannot write as JSON.
    func urlRequest(_ settings: ModelSettings) throws -> URLRequest {
        var request = URLRequest(url: settings.endpoint)
        request.httpMethod = "POST"
        request.cachePolicy = .reloadIgnoringLocalCacheData
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.setValue("application/json", forHTTPHeaderField: "Accept")
        if let key = settings.key { request.setValue("Bearer \(key)", forHTTPHeaderField: "Authorization") }
        request.httpBody = try JSONSerialization.data(withJSONObject: body(model: settings.model), options: .sortedKeys)
        return request
    }

    private func body(model: String) -> [String: Any] {
        let paper = "Title: \(paper.title.text)\n\nAbstract: \(paper.abstract.text)"
        var body: [String: Any] = [
            "model": model,
            "messages": [
                ["role": "system", "content": Instructions.text], ["role": "user", "content": paper],
            ],
        ]
        if shape <= .schemaOnly {
            body["response_format"] = [
                "type": "json_schema",
                "json_schema": ["name": "records", "strict": true, "schema": AnswerSchema.value] as [String: Any],
            ]
        }
        if shape == .full { body["temperature"] = 0 }
        return body
    }
}
