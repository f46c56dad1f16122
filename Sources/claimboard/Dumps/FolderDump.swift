import Glibc
import Registry

/// A dump as a folder: a file a table, in PostgreSQL's COPY text form, and `manifest.json`, which comes last.
actor FolderDumpWriter: DumpWriter {
    private let executor = BlockingExecutor(label: "claimboard.dump")
    private let folder: String
    private var file: OutputFile?

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Makes the folder, which must not be there yet.
    init(folder: String) throws(FileFailure) {
        self.folder = folder
        guard mkdir(folder, 0o700) == 0 else { throw FileFailure(path: folder, doing: "made") }
    }

    func begin(part: String) throws {
        try file?.finish()
        file = try OutputFile(path: "\(folder)/\(part).copy")
    }

    func write(_ bytes: [UInt8]) throws {
        try file?.write(bytes)
    }

    func finish(manifest: [UInt8]) throws {
        try file?.finish()
        let file = try OutputFile(path: "\(folder)/manifest.json")
        try file.write(manifest)
        try file.finish()
    }
}

/// Reads a folder that ``FolderDumpWriter`` has written.
actor FolderDumpReader: DumpReader {
    private let executor = BlockingExecutor(label: "claimboard.restore")
    private let folder: String
    private var file: InputFile?
    private var place = 0

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(folder: String) {
        self.folder = folder
    }

    func manifest() throws -> [UInt8] {
        let file = try InputFile(path: "\(folder)/manifest.json")
        return try file.read(file.size, at: 0)
    }

    func open(_ part: DumpManifest.Part) throws {
        file = try InputFile(path: "\(folder)/\(part.name).copy")
        place = 0
    }

    func next() throws -> [UInt8]? {
        guard let bytes = try file?.read(64 * 1024, at: place), !bytes.isEmpty else { return nil }
        place += bytes.count
        return bytes
    }
}
