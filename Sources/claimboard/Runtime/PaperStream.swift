import Claims
import Importers

/// Reads papers from files in batches, off the threads that Swift's tasks share: a read can wait for a slow pipe.
actor PaperStream {
    /// Papers of one file that stand together.
    struct Batch: Sendable {
        /// The file's name as it was given; `standard input` for that.
        var source: String
        /// The papers and the lines on which they start.
        var papers: [(paper: Paper, line: Int)] = []
        /// What could not be taken as it is.
        var problems: [ImportProblem] = []
        /// Whether the file ends here.
        var isLast = false
        /// How many records of the file were refused; known with its last batch.
        var refused = 0
        /// How much of the file is read, 0...1; `nil` where its size is not known.
        var fraction: Double?
    }

    private let executor = BlockingExecutor(label: "claimboard.paper-stream")
    private var paths: ArraySlice<String>
    private var reader: ImportReader?
    private var source = ""

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Reads files one after the other.
    ///
    /// - Parameter paths: the files; `-` is standard input.
    init(paths: [String]) {
        self.paths = paths[...]
    }

    /// The next papers.
    ///
    /// - Parameter limit: how many items at most, papers and problems together.
    /// - Returns: `nil` behind the last batch of the last file.
    func next(limit: Int) -> Batch? {
        guard openNext() else { return nil }
        var batch = Batch(source: source)
        while batch.papers.count + batch.problems.count < limit {
            switch reader?.next() {
            case .paper(let paper, let line): batch.papers.append((paper, line))
            case .problem(let problem): batch.problems.append(problem)
            case nil:
                batch.isLast = true
                batch.refused = reader?.summary.refused ?? 0
                reader = nil
                return batch
            }
        }
        if let reader, let size = reader.sizeBytes, size > 0 {
            batch.fraction = min(1, Double(reader.bytesRead) / Double(size))
        }
        return batch
    }

    private func openNext() -> Bool {
        if reader != nil { return true }
        guard let path = paths.popFirst() else { return false }
        reader = ImportReader(path: path)
        source = path == "-" ? "standard input" : path
        return true
    }
}
