package import Claims

/// Which stored papers are to be read anew.
package enum ReextractionScope: Sendable, Hashable {
    /// Those that an older version of the extractor read last.
    case outdated
    /// Those that this version or an older one read last, before a time (RFC 3339).
    case readBefore(String)
}

/// A walk over the stored papers that are to be read anew.
///
/// It remembers where it is only so that a paper that cannot be kept does not come up again: what is still to be done is
/// always a query over the papers, so that a walk that was broken off goes on by beginning a new one.
package struct Reextraction: Sendable {
    /// What reads the papers.
    package let extractor: ExtractorVersion
    /// Which papers are read.
    package let scope: ReextractionScope
    /// How many papers there were at the start.
    package let count: Int
    /// The versions of the extractor whose papers are still to come, in the order of the walk.
    var versions: ArraySlice<Int>
    /// The last paper of the first of the versions that was handed out.
    var lastPaper: Int64 = 0
}

/// A stored paper that is to be read anew.
package struct PaperToRead: Sendable, Hashable {
    /// Its id in the registry.
    package let id: Int64
    /// The paper as it is stored.
    package let paper: Paper
    /// When it was read last: a paper that has another time by now was read by somebody else.
    let readAt: String
}

/// A stored paper with its new reading.
package struct PaperReadAnew: Sendable, Hashable {
    /// The paper that was read.
    package var paper: PaperToRead
    /// What was found in it.
    package var records: ExtractedRecords

    /// Puts a paper and its reading together.
    package init(paper: PaperToRead, records: ExtractedRecords) {
        self.paper = paper
        self.records = records
    }
}
