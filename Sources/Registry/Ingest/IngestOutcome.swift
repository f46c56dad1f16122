/// What became of one paper of a batch.
package struct IngestOutcome: Sendable, Hashable {
    /// What was done.
    package enum Result: Sendable, Hashable {
        /// It is new.
        case created
        /// It is known, and says nothing new; nothing was written.
        case unchanged
        /// It is known, and was read anew: its text, its identifiers or the extractor changed.
        case updated
        /// It was not taken; the reason is one sentence for people.
        case refused(reason: String)
    }

    package var result: Result
    /// The paper's id; `nil` where it was refused.
    package var paperID: Int64?
    /// How many records the paper now has.
    package var counts: RecordCounts
}

/// How many active records of each kind there are.
package struct RecordCounts: Sendable, Hashable {
    package var claims = 0
    package var benchmarks = 0
    package var sotaClaims = 0
    package var modelSizes = 0
    package var links = 0
}
