package import Claims

/// A paper with what was read from it, ready to be kept.
package struct IngestPaper: Sendable, Hashable {
    package var paper: Paper
    package var records: ExtractedRecords
    package var extractor: ExtractorVersion
    /// Where it came from.
    package var source: IngestSource
    /// Whether its text takes the place of another one that the registry has of the same paper.
    ///
    /// What an operator imports does; of an account that has no say over corrections it would be one without a review.
    package var mayReplaceText = true

    /// Makes a paper for ingest.
    package init(
        paper: Paper,
        records: ExtractedRecords,
        extractor: ExtractorVersion,
        source: IngestSource = IngestSource()
    ) {
        self.paper = paper
        self.records = records
        self.extractor = extractor
        self.source = source
    }
}

/// Where an importer found a paper.
package struct IngestSource: Sendable, Hashable {
    /// The file's name as given, without its folders; `nil` for what came over the network.
    package var file: String?
    /// The line on which the paper starts, from 1.
    package var line: Int?

    /// The name of the account that sent it; `nil` for what was imported.
    package var submitter: String?

    /// Makes a source; what is not known stays out.
    package init(file: String? = nil, line: Int? = nil, submitter: String? = nil) {
        self.file = file
        self.line = line
        self.submitter = submitter
    }
}
