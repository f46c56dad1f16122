import Claims

/// The memory that the stages work in.
///
/// One serves many papers in turn, so that reading a paper allocates only its records.
///
/// Not for two threads at once: give each its own.
public struct Workspace {
    var title = Document()
    var abstract = Document()
    var names = NamedThings()
    var nameScratch = NameScratch()
    var claims = ClaimWorkspace()

    /// Makes an empty workspace.
    public init() {}
}

extension Workspace {
    /// Reads the texts and finds the names in them, which all other stages build on.
    ///
    /// - Returns: the benchmark records.
    mutating func read(
        title: UnsafeBufferPointer<UInt8>,
        abstract: UnsafeBufferPointer<UInt8>,
        lexicon: Lexicon = .builtIn,
        nameFinder: NameFinder
    ) -> [BenchmarkMention] {
        self.title.read(title, lexicon: lexicon)
        self.abstract.read(abstract, lexicon: lexicon)
        return nameFinder.find(
            title: NameSource(document: self.title, source: title),
            abstract: NameSource(document: self.abstract, source: abstract),
            names: &names,
            scratch: &nameScratch
        )
    }
}
