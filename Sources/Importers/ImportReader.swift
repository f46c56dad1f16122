/// Reads papers from a source, one after another, whatever the format; memory stays flat however much there is.
///
/// Nothing is thrown: whatever goes wrong, opening the source included, is a problem among the items, with the place and
/// what to do, and the records after it follow.
package struct ImportReader {
    /// Bytes read so far; packed ones, where the source is packed.
    package private(set) var bytesRead = 0

    private let source: (any ByteSource)?
    private var parser: PaperParser
    private var buffer: [UInt8]
    private var hasEnded = false

    /// Read at once: large enough that system calls cost nothing beside parsing.
    private static let bufferBytes = 256 << 10

    /// Reads from a source.
    ///
    /// - Parameters:
    ///   - source: where the bytes come from.
    ///   - name: its name in problems.
    ///   - limits: how much of one record is taken.
    package init(source: any ByteSource, name: String, limits: ImportLimits = ImportLimits()) {
        self.source = source
        self.parser = PaperParser(source: name, limits: limits)
        self.buffer = [UInt8](repeating: 0, count: Self.bufferBytes)
    }

    /// Reads a file, or standard input where the path is `-`.
    ///
    /// - Parameters:
    ///   - path: the file's path.
    ///   - limits: how much of one record is taken.
    package init(path: String, limits: ImportLimits = ImportLimits()) {
        let isInput = path == "-"
        parser = PaperParser(source: isInput ? "standard input" : path, limits: limits)
        buffer = [UInt8](repeating: 0, count: Self.bufferBytes)
        do throws(SourceFailure) {
            source = isInput ? try FileSource.standardInput() : try FileSource(path: path)
        } catch {
            source = nil
            hasEnded = true
            parser.fail(error)
        }
    }

    /// What was read so far.
    package var summary: ImportSummary { parser.summary }

    /// How many bytes there will be, where that is known.
    package var sizeBytes: Int? { source?.sizeBytes }

    /// The next paper or problem; `nil` at the end.
    ///
    /// Blocks the thread while the source has nothing.
    package mutating func next() -> ImportItem? {
        while true {
            if let item = parser.next() { return item }
            if hasEnded { return nil }
            readMore()
        }
    }

    private mutating func readMore() {
        do throws(SourceFailure) {
            guard let source else { return }
            let result = buffer.withUnsafeMutableBytes { bytes in
                Result { () throws(SourceFailure) in try source.read(into: bytes) }
            }
            let count = try result.get()
            bytesRead += count
            if count == 0 {
                hasEnded = true
                parser.finish()
            } else {
                buffer.withUnsafeBytes { parser.append(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            }
        } catch {
            hasEnded = true
            parser.fail(error)
        }
    }
}
