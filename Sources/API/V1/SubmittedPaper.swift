import Claims
import Extraction
import Formats
import Registry

/// A paper as a client sends it.
enum SubmittedPaper {
    /// The longest title, in characters: some five times the longest that arXiv has.
    static let maximumTitle = 2000
    /// The longest abstract, in characters: ten times what arXiv takes.
    static let maximumAbstract = 60_000
    /// The longest label, in characters.
    static let maximumLabel = 500
    /// The most identifiers of one paper.
    static let maximumIdentifiers = 20

    /// Reads a paper from JSON and reads its claims from the paper.
    ///
    /// - Parameters:
    ///   - node: the paper.
    ///   - isLabelled: whether it may have an `id`, as papers in files do; it is overlooked.
    ///   - extractor: reads the claims.
    ///   - principal: who sends it.
    /// - Returns: the paper with its records.
    /// - Throws: `invalid-content`.
    static func read(
        _ node: JSONNode,
        isLabelled: Bool = false,
        with extractor: Extractor,
        by principal: Principal
    ) throws(Problem) -> IngestPaper {
        var object = try ObjectReader(node)
        if isLabelled { _ = object.take("id") }
        let sent = object.text("title", characters: 1...maximumTitle, isRequired: true, controls: .any)
        let title = sent.flatMap(PaperText.title)
        if sent != nil && title == nil { object.refuse("title", "Must not contain control characters.") }
        let abstract = object.text("abstract", characters: 1...maximumAbstract, isRequired: true, controls: .any)
        let identifiers = identifiers(in: &object)
        let published = published(in: &object)
        let url = object.text("url", characters: 1...PaperIdentifier.maximumLength)
        if let url, !WebAddress.isWellFormed(url) {
            object.refuse("url", "Must be a web address in printable ASCII, such as https://example.org/paper.")
        }
        try object.finish()
        var paper = Paper(
            title: title ?? "",
            abstract: PaperText.abstract(abstract ?? ""),
            identifiers: identifiers,
            published: published
        )
        if let url { paper.take(address: url) }
        var ingest = IngestPaper(
            paper: paper,
            records: extractor.extract(title: paper.title, abstract: paper.abstract),
            extractor: Extractor.version,
            source: IngestSource(submitter: principal.name)
        )
        ingest.mayReplaceText = principal.scopes.contains(.correctionsReview)
        return ingest
    }

    private static func identifiers(in object: inout ObjectReader) -> [PaperIdentifier] {
        guard let node = object.take("identifiers") else { return [] }
        guard case .array(let elements) = node, elements.count <= maximumIdentifiers else {
            object.refuse("identifiers", "Must be an array of at most \(maximumIdentifiers) strings.")
            return []
        }
        var identifiers: [PaperIdentifier] = []
        for (index, element) in elements.enumerated() {
            if case .string(let text) = element, let identifier = identifier(text) {
                if !identifiers.contains(identifier) { identifiers.append(identifier) }
            } else {
                object.refuse(
                    "identifiers",
                    at: index,
                    "Must be in normal form, such as arxiv:2509.01234, doi:10.1000/182 or url:https://example.org/paper."
                )
            }
        }
        return identifiers
    }

    /// `scheme:value` in normal form, so that the contract can say by a pattern what is taken.
    private static func identifier(_ text: String) -> PaperIdentifier? {
        let parts = text.split(separator: ":", maxSplits: 1)
        guard text.utf8.count <= PaperIdentifier.maximumLength, parts.count == 2,
            let scheme = PaperIdentifier.Scheme(rawValue: String(parts[0])),
            parts[1].utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            scheme != .url || WebAddress.isWellFormed(parts[1]),
            let identifier = PaperIdentifier(scheme: scheme, value: parts[1]), identifier.description == text
        else { return nil }
        return identifier
    }

    private static func published(in object: inout ObjectReader) -> PublicationDate? {
        guard let text = object.text("published", characters: 4...10) else { return nil }
        guard let date = PublicationDate(text) else {
            object.refuse("published", "Must be a date such as 2026-01-31, 2026-01 or 2026.")
            return nil
        }
        return date
    }
}
