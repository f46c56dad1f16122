import Registry

/// A dump as one file: the tables one after the other, the manifest, and a last line of a fixed length that says how long
/// the manifest is. So a file that was cut has no such line.
actor FileDumpWriter: DumpWriter {
    private let executor = BlockingExecutor(label: "claimboard.dump")
    private let file: OutputFile

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Makes the file; one of this name is replaced when the dump is whole.
    init(path: String) throws(FileFailure) {
        file = try OutputFile(path: path)
    }

    func begin(part: String) {}

    func write(_ bytes: [UInt8]) throws {
        try file.write(bytes)
    }

    func finish(manifest: [UInt8]) throws {
        try file.write(manifest)
        try file.write(Array(FileDumpReader.lastLine(manifestBytes: manifest.count).utf8))
        try file.finish()
    }
}

/// Reads a file that ``FileDumpWriter`` has written.
actor FileDumpReader: DumpReader {
    private let executor = BlockingExecutor(label: "claimboard.restore")
    private let file: InputFile
    private var places: [String: Int] = [:]
    private var place = 0
    private var end = 0

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(path: String) throws(FileFailure) {
        file = try InputFile(path: path)
    }

    /// `claimboard-dump`, a space, ten digits, a line end.
    static func lastLine(manifestBytes: Int) -> String {
        let digits = String(manifestBytes)
        return "claimboard-dump " + String(repeating: "0", count: max(0, 10 - digits.count)) + digits + "\n"
    }

    func manifest() throws -> [UInt8] {
        let length = Self.lastLine(manifestBytes: 0).utf8.count
        let last = String(decoding: try file.read(length, at: max(0, file.size - length)), as: UTF8.self)
        let size = Int(last.dropFirst("claimboard-dump ".count).dropLast())
        guard let size, last == Self.lastLine(manifestBytes: size), size <= file.size - length else {
            throw RegistryError(.invalid, "this is no dump, or it is cut: its last line is missing")
        }
        return try file.read(size, at: file.size - length - size)
    }

    func open(_ part: DumpManifest.Part) throws {
        // The first pass goes over the parts in their order, and takes down where each begins.
        let start = places[part.name] ?? end
        places[part.name] = start
        place = start
        end = start + part.bytes
    }

    func next() throws -> [UInt8]? {
        let bytes = try file.read(min(64 * 1024, end - place), at: place)
        guard !bytes.isEmpty else { return nil }
        place += bytes.count
        return bytes
    }
}
