/// Where bytes come from.
package protocol ByteSource {
    /// How many bytes there will be, where that is known; for progress.
    var sizeBytes: Int? { get }

    /// Waits for the next bytes.
    ///
    /// - Parameter buffer: gets them; not empty.
    /// - Returns: how many there are; 0 at the end.
    /// - Throws: why there are no more, though this is not the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(SourceFailure) -> Int
}

/// Why a source cannot be read, or not on.
package struct SourceFailure: Error, Sendable, Hashable {
    /// What kind of problem it is.
    package var kind: ImportProblem.Kind
    /// What is wrong, as a part of a sentence.
    package var what: String
    /// What to do about it, as a sentence.
    package var remedy: String?

    /// Makes a failure.
    package init(kind: ImportProblem.Kind, what: String, remedy: String? = nil) {
        self.kind = kind
        self.what = what
        self.remedy = remedy
    }
}
