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
        readTexts(title: title, abstract: abstract, lexicon: lexicon)
        return findNames(title: title, abstract: abstract, nameFinder: nameFinder)
    }

    /// Reads the texts into tokens and sentences.
    mutating func readTexts(
        title: UnsafeBufferPointer<UInt8>,
        abstract: UnsafeBufferPointer<UInt8>,
        lexicon: Lexicon
    ) {
        self.title.read(title, lexicon: lexicon)
        self.abstract.read(abstract, lexicon: lexicon)
    }

    /// Finds the names in the texts that were read last.
    ///
    /// - Returns: the benchmark records.
    mutating func findNames(
        title: UnsafeBufferPointer<UInt8>,
        abstract: UnsafeBufferPointer<UInt8>,
        nameFinder: NameFinder
    ) -> [BenchmarkMention] {
        nameFinder.find(
            title: NameSource(document: self.title, source: title),
            abstract: NameSource(document: self.abstract, source: abstract),
            names: &names,
            scratch: &nameScratch
        )
    }
}
