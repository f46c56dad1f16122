/// The media types that the API speaks.
enum MediaTypeName: String, CaseIterable {
    case json = "application/json"
    case problem = "application/problem+json"
    case mergePatch = "application/merge-patch+json"
    case csv = "text/csv"
    case markdown = "text/markdown"
    case jsonLines = "application/x-ndjson"
    case plain = "text/plain"
    case html = "text/html"
    case yaml = "application/yaml"
}

/// Reads Accept and Content-Type (RFC 9110, sections 8.3 and 12.5.1).
enum ContentNegotiation {
    /// Picks the representation that a client likes best.
    ///
    /// - Parameters:
    ///   - accept: the Accept header; `nil` or empty takes anything.
    ///   - offers: what is on offer, the server's favourite first.
    /// - Returns: `nil` when the client takes none of them.
    static func choose(accept: String?, from offers: [MediaTypeName]) -> MediaTypeName? {
        let ranges = (accept ?? "").split(separator: ",").compactMap(Range.init)
        guard !ranges.isEmpty else { return offers.first }
        var best: (offer: MediaTypeName, quality: Double)?
        for offer in offers {
            let fitting = ranges.filter { $0.includes(offer.rawValue) }
            // The most specific range decides, whatever its quality.
            guard let quality = fitting.max(by: { $0.precision < $1.precision })?.quality, quality > 0 else { continue }
            if quality > best?.quality ?? 0 { best = (offer, quality) }
        }
        return best?.offer
    }

    /// The bare media type of a Content-Type header in lower case, and its charset.
    static func contentType(_ header: String) -> (mediaType: String, charset: String?) {
        let parts = header.split(separator: ";").map { trimmed($0).lowercased() }
        let charset = parts.dropFirst().first { $0.hasPrefix("charset=") }?.dropFirst("charset=".count)
        return (parts.first ?? "", charset.map { $0.filter { $0 != "\"" } })
    }

    private struct Range {
        var type: String
        var quality: Double

        init?(_ text: Substring) {
            let parts = text.split(separator: ";").map { trimmed($0).lowercased() }
            guard let type = parts.first, type.contains("/") else { return nil }
            self.type = type
            let quality = parts.dropFirst().first { $0.hasPrefix("q=") }?.dropFirst(2)
            self.quality = quality.map { Double($0) ?? 0 } ?? 1
        }

        func includes(_ offer: String) -> Bool {
            if type == "*/*" { return true }
            return type.hasSuffix("/*") ? offer.hasPrefix(type.dropLast()) : offer == type
        }

        var precision: Int { type == "*/*" ? 0 : type.hasSuffix("/*") ? 1 : 2 }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        let start = text.firstIndex { $0 != " " && $0 != "\t" } ?? text.endIndex
        var rest = text[start...]
        while rest.last == " " || rest.last == "\t" { rest.removeLast() }
        return rest
    }
}
