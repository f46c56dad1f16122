import Claims

/// Finds URLs and install names.
///
/// Reads the source itself: normalising changes what addresses are made of (`~`, `--`, `_`).
enum LinkFinder {
    /// Finds the links.
    static func find(abstract: Document, source: UnsafeBufferPointer<UInt8>) -> [Link] {
        []
    }
}
