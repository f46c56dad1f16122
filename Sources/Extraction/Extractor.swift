public import Claims

/// Reads papers by rules: title and abstract in, records with evidence out.
///
/// Pure and deterministic: the same text and the same version give the same records. Any bytes are taken; a bad text is a
/// text with few records.
public struct Extractor: Sendable {
    /// This extractor, as its records name it.
    public static let version = ExtractorVersion(name: "rules", version: "1.0.0")

    private let lexicon: Lexicon
    private let limits: ExtractionLimits
    private let nameFinder: NameFinder
    private let weights: WeightTable

    /// Makes an extractor with the built-in lexicons.
    ///
    /// - Parameters:
    ///   - limits: how much is read and kept.
    ///   - gazetteer: the benchmarks that are known by name.
    public init(limits: ExtractionLimits = .standard, gazetteer: Gazetteer = .builtIn) {
        self.lexicon = .builtIn
        self.limits = limits
        self.nameFinder = NameFinder(gazetteer: gazetteer)
        self.weights = .builtIn
    }

    /// Reads one paper.
    ///
    /// - Parameters:
    ///   - title: as found; LaTeX, HTML entities and odd spaces are understood.
    ///   - abstract: likewise.
    /// - Returns: the records; evidence counts in UTF-8 bytes of the text as given.
    /// - Complexity: linear in the texts, up to the limits.
    public func extract(title: String, abstract: String) -> ExtractedRecords {
        var workspace = Workspace()
        return extract(title: title, abstract: abstract, workspace: &workspace)
    }

    /// Reads one paper in memory that serves many in turn.
    public func extract(title: String, abstract: String, workspace: inout Workspace) -> ExtractedRecords {
        var (title, abstract) = (title, abstract)
        return title.withUTF8 { title in
            abstract.withUTF8 { abstract in
                extract(title: title, abstract: abstract, workspace: &workspace)
            }
        }
    }

    /// Reads one paper given as bytes.
    public func extract(
        title: UnsafeBufferPointer<UInt8>,
        abstract: UnsafeBufferPointer<UInt8>,
        workspace: inout Workspace
    ) -> ExtractedRecords {
        extract(title: title, abstract: abstract, workspace: &workspace, after: { _ in })
    }

    /// What is done to a paper, in this order.
    package enum Stage: Int, CaseIterable, Sendable {
        /// Normalising, tokens, phrases, sentences.
        case text
        /// Benchmarks and systems.
        case names
        /// Reported numbers.
        case numbers
        /// SOTA statements, model sizes, links.
        case statements
    }

    /// Reads one paper given as bytes, and says when each stage is done; for those who measure.
    @inline(__always)
    package func extract(
        title: UnsafeBufferPointer<UInt8>,
        abstract: UnsafeBufferPointer<UInt8>,
        workspace: inout Workspace,
        after stageIsDone: (Stage) -> Void
    ) -> ExtractedRecords {
        let (title, abstract) = (limits.cut(title), limits.cut(abstract))
        var records = ExtractedRecords()
        workspace.readTexts(title: title, abstract: abstract, lexicon: lexicon)
        stageIsDone(.text)
        records.benchmarks = workspace.findNames(title: title, abstract: abstract, nameFinder: nameFinder)
        stageIsDone(.names)
        records.claims = ClaimFinder.find(
            abstract: workspace.abstract,
            source: abstract,
            names: workspace.names,
            weights: weights,
            workspace: &workspace.claims
        )
        stageIsDone(.numbers)
        records.sotaClaims = SOTAFinder.find(abstract: workspace.abstract, source: abstract, names: workspace.names)
        records.modelSizes = SizeFinder.find(
            title: workspace.title,
            abstract: workspace.abstract,
            source: abstract,
            titleSource: title,
            names: workspace.names
        )
        records.links = LinkFinder.find(abstract: workspace.abstract, source: abstract)
        stageIsDone(.statements)
        limits.cut(&records)
        return records
    }
}
