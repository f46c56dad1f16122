import Foundation
import Testing

/// The annotated abstracts, which are not part of the project: beside it or above it in `shared/corpus`, or where
/// `CLAIMBOARD_SHARED` says.
enum SharedCorpus {
    static let folder: URL? = {
        let named = ProcessInfo.processInfo.environment["CLAIMBOARD_SHARED"].map { [URL(fileURLWithPath: $0)] } ?? []
        var above: [URL] = []
        var place = URL(fileURLWithPath: #filePath)
        while place.path != "/" {
            place.deleteLastPathComponent()
            above.append(place.appendingPathComponent("shared"))
        }
        return (named + above).map { $0.appendingPathComponent("corpus") }
            .first { FileManager.default.fileExists(atPath: $0.appendingPathComponent("seeds.gold.jsonl").path) }
    }()

    static func file(_ name: String) throws -> URL { try #require(folder).appendingPathComponent(name) }

    /// The objects of a JSON Lines file.
    static func lines(_ name: String) throws -> [[String: Any]] {
        try String(contentsOf: file(name), encoding: .utf8).split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
    }
}

extension Trait where Self == ConditionTrait {
    /// For tests over the shared corpus.
    static var needsCorpus: Self {
        .enabled(if: SharedCorpus.folder != nil, "the shared corpus is not on this machine")
    }
}
