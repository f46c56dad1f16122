import Glibc

/// What the server writes to its log from a point in time on, so that an error shows nothing of earlier runs.
struct ServerLog: Sendable {
    private let folder: ClusterFolder
    /// The size of each file in bytes at that point.
    private let sizes: [String: Int]

    /// Takes the present end of the log as the point from which on it is read.
    init(_ folder: ClusterFolder) {
        self.folder = folder
        self.sizes = Self.sizes(of: folder)
    }

    /// The last lines written since, the oldest first; those of the log proper before those from outside of it, which
    /// are of a server that could not open its log or broke down.
    func end(lines limit: Int = 12) -> String {
        var lines: [Substring] = []
        for (path, size) in Self.sizes(of: folder).sorted(by: { $0.key < $1.key }) {
            // A file that is shorter than before was begun anew.
            let old = sizes[path].map { $0 > size ? 0 : $0 } ?? 0
            let text = readEnd(of: path, bytes: min(size - old, 16 * 1024)) ?? ""
            lines += text.split(separator: "\n").suffix(limit)
        }
        return lines.isEmpty ? "(it is empty)" : lines.joined(separator: "\n")
    }

    private static func sizes(of folder: ClusterFolder) -> [String: Int] {
        let logs = ((try? entries(of: folder.log)) ?? []).map { "\(folder.log)/\($0)" }
        return (logs + [folder.startLog]).reduce(into: [:]) { sizes, path in
            sizes[path] = fileStatus(path).map { Int($0.st_size) }
        }
    }
}
