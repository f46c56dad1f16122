package import Claims

/// A paper that waits to be read, and where it came from.
package struct QueuedPaper: Sendable, Hashable {
    package var paper: Paper
    package var source: IngestSource

    /// Puts the parts together.
    package init(paper: Paper, source: IngestSource = IngestSource()) {
        self.paper = paper
        self.source = source
    }
}

/// Papers that one worker has taken from the queue for a time.
package struct QueueLease: Sendable {
    /// What the worker shows to say that they are its own.
    let word: String
    /// The papers' places in the queue, one a paper.
    let ids: [Int64]
    package let papers: [QueuedPaper]
}

/// How long the queue is.
package struct QueueLength: Sendable, Hashable {
    /// About how many papers wait or are being read: never fewer than there are.
    package var waiting: Int
    /// Papers that were refused, or failed too often.
    package var dead: Int
}

/// When papers of the queue are taken and given up.
package struct QueueRules: Sendable {
    /// How long a worker may take for a batch before others may have it.
    ///
    /// A batch takes a second or two.
    package var lease = Duration.seconds(120)
    /// After so many attempts that ended in an error, or without a word, a paper is a dead letter.
    package var attempts = 5
    /// The pause after the first failure; doubled after each further one.
    package var pause = Duration.seconds(1)

    /// The defaults.
    package init() {}
}
