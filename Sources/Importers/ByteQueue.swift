/// Bytes that have come in and are not used up yet: in at the end, out at the start, contiguous in between.
struct ByteQueue {
    /// How the bytes ended.
    enum End {
        /// Everything came.
        case complete
        /// Something went wrong before the end: what comes last may be half a record.
        case cutShort
    }

    /// Whether, and how, the bytes have ended.
    var end: End?
    private var storage: [UInt8] = []
    private var head = 0

    var count: Int { storage.count - head }

    /// - Complexity: O(new bytes) amortised, plus O(bytes left) when some were used up since the last time.
    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        if head > 0 {
            storage.removeSubrange(..<head)
            head = 0
        }
        storage.append(contentsOf: bytes)
    }

    /// Shows all bytes; those that the closure counts are used up.
    ///
    /// - Parameter use: gets the bytes, which are valid while it runs, and gives back how many it used up.
    mutating func consume(_ use: (UnsafeRawBufferPointer) -> Int) {
        let used = storage.withUnsafeBytes { use(UnsafeRawBufferPointer(rebasing: $0[head...])) }
        head += used
        if head == storage.count {
            storage.removeAll(keepingCapacity: true)
            head = 0
        }
    }
}

/// Reads the records of one format from a queue.
protocol RecordReader {
    /// Lines that belong to no record.
    var furnitureLines: Int { get }

    /// Takes what whole records the queue holds, and, when it has ended, what is left; gives out what was found.
    mutating func read(_ queue: inout ByteQueue, into items: inout [ImportItem])
}

extension RecordReader {
    var furnitureLines: Int { 0 }
}
