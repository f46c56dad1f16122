/// What a cluster's folder says of itself in its file `claimboard-cluster`.
struct Marker: Sendable, Equatable, CustomStringConvertible {
    /// The layout that this version of the program knows.
    static let currentFormat = 1
    private static let title = "claimboard private cluster"

    /// The layout of the folder.
    let format: Int
    /// The major version of the PostgreSQL that made the cluster.
    let major: Int

    init(major: Int) {
        self.format = Self.currentFormat
        self.major = major
    }

    /// Reads a marker; nil when the text is none.
    init?(_ text: String) {
        let lines = text.split(separator: "\n")
        guard lines.count >= 3, lines[0] == Self.title,
            let format = Self.value("format", in: lines[1]), let major = Self.value("postgres", in: lines[2])
        else {
            return nil
        }
        self.format = format
        self.major = major
    }

    var description: String {
        "\(Self.title)\nformat \(format)\npostgres \(major)\n"
    }

    private static func value(_ name: String, in line: Substring) -> Int? {
        let words = line.split(separator: " ")
        guard words.count == 2, words[0] == name else { return nil }
        return Int(words[1])
    }
}
