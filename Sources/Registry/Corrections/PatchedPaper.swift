import Claims
import Formats

/// What a patch makes of a paper.
struct PatchedPaper: Sendable, Hashable {
    var title: String?
    var abstract: String?
    var identifiers: [PaperIdentifier]?
    var published: PublicationDate??
    var url: String??

    /// Reads a patch.
    ///
    /// - Throws: `CorrectionRefused` with all that is wrong.
    init(_ patch: JSONNode) throws(CorrectionRefused) {
        var reader = PatchReader(patch)
        if reader.names.isEmpty { reader.refuse("", "Must have at least one member.") }
        var title: String?
        var abstract: String?
        var identifiers: [PaperIdentifier]?
        var published: PublicationDate??
        var url: String??
        reader.member("title", PatchValue.text(IngestLimits.titleBytes)) { title = $0 }
        reader.member("abstract", PatchValue.text(IngestLimits.abstractBytes)) { abstract = $0 }
        reader.member("identifiers", PatchValue.list(of: Self.identifier, maximum: 20)) { list in
            var seen: Set<PaperIdentifier> = []
            identifiers = list.filter { seen.insert($0).inserted }
        }
        reader.member("published", PatchValue.optional(Self.date)) { published = .some($0) }
        reader.member("url", PatchValue.optional(PatchValue.webAddress)) { url = .some($0) }
        reader.finish()
        guard reader.faults.isEmpty else { throw CorrectionRefused(faults: reader.faults) }
        self.title = title
        self.abstract = abstract
        self.identifiers = identifiers
        self.published = published
        self.url = url
    }

    private static func identifier(_ node: JSONNode) throws(CorrectionFault) -> PaperIdentifier {
        guard case .string(let text) = node, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            let colon = text.firstIndex(of: ":"),
            let scheme = PaperIdentifier.Scheme(rawValue: String(text[..<colon])),
            let identifier = PaperIdentifier(scheme: scheme, value: text[colon...].dropFirst()),
            identifier.description == text
        else { throw CorrectionFault("", "Must be in normal form, such as arxiv:2509.01234 or doi:10.1000/182.") }
        return identifier
    }

    private static func date(_ node: JSONNode) throws(CorrectionFault) -> PublicationDate {
        guard case .string(let text) = node, text.utf8.count <= 10, let date = PublicationDate(text) else {
            throw CorrectionFault("", "Must be a date such as 2026-01-31, 2026-01 or 2026.")
        }
        return date
    }
}

extension PaperTexts {
    /// The texts as a patch makes them.
    func patched(by patch: PatchedPaper) -> PaperTexts {
        PaperTexts(title: patch.title ?? title, abstract: patch.abstract ?? abstract)
    }
}
