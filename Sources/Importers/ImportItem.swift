package import Claims

/// What an importer comes upon: a paper, or a problem.
package enum ImportItem: Sendable, Hashable {
    /// A paper, and the line where its record starts, from 1.
    case paper(Paper, line: Int)
    /// Something that could not be taken as it is.
    case problem(ImportProblem)
}

/// What an importer has come upon so far.
package struct ImportSummary: Sendable, Hashable {
    /// What the source turned out to be; `nil` while, or where, that is not known.
    package var format: ImportFormat?
    /// Whether the source is gzip.
    package var isCompressed = false
    /// Papers taken.
    package var papers = 0
    /// Records left out, each with a problem that says why; a source that could not be read to its end counts as one.
    package var refused = 0
    /// Papers that were taken without some part, each with a problem that says which.
    package var notes = 0
    /// Lines of a listing page that belong to no paper: menus, dates, counters.
    package var furnitureLines = 0
}

/// The formats that are read.
///
/// Which one a source has is found out from its content.
package enum ImportFormat: String, Sendable, Hashable, CaseIterable {
    /// The copied text of a page that lists papers: a few lines of furniture, then title and abstract in turn.
    case listingPage = "listing page"
    /// One JSON object a line.
    case jsonLines = "JSON Lines"
    /// One JSON array of objects, or JSON objects over several lines each.
    case json = "JSON"
    /// A title line, then the abstract; blank lines between papers.
    case text = "text"
}
