import Claims
import Extraction
import Formats
import Hummingbird

/// Text in, records out, nothing stored.
struct ExtractRoutes {
    let extractor: @Sendable () async -> Extractor
    let limits: APILimits

    func add(to group: RouterGroup<APIContext>) {
        group.post("extract", use: extract)
    }

    @Sendable private func extract(request: Request, context: APIContext) async throws -> Response {
        var query = try QueryReader(request)
        let explains = query.boolean("explain") ?? false
        try query.finish()
        let reader = ContentReader(maximumBytes: limits.bodyBytes, timeLimit: limits.bodyTime)
        let (mediaType, bytes) = try await reader.read(request, as: [.json, .plain])
        let text = try mediaType == .json ? text(inJSON: bytes) : Self.text(inPlain: bytes)
        let records = await extractor().extract(title: text.title, abstract: text.abstract)
        return .json { json in
            json.value(records, id: text.id, extractor: Extractor.version, explains: explains)
        }
    }

    private func text(inJSON bytes: [UInt8]) throws(Problem) -> (id: String?, title: String, abstract: String) {
        var object = try ObjectReader(try ContentReader.json(bytes))
        let id = object.text("id", characters: 0...SubmittedPaper.maximumLabel, controls: .any)
        let title = object.text("title", characters: 0...SubmittedPaper.maximumTitle, controls: .any)
        let abstract = object.text(
            "abstract",
            characters: 1...limits.bodyBytes,
            isRequired: true,
            controls: .any
        )
        try object.finish()
        return (id, title ?? "", abstract ?? "")
    }

    private static func text(inPlain bytes: [UInt8]) throws(Problem) -> (id: String?, title: String, abstract: String) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Problem(.malformedContent, "The text is not UTF-8.")
        }
        return (nil, "", text)
    }
}
