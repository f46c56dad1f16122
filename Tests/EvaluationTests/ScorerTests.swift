import Formats
import Foundation
import Testing

@testable import Evaluation

/// The shared corpus beside the project, where it is there.
enum SharedCorpus {
    static let folder: String? = {
        var folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        while folder.path != "/" {
            let candidate = folder.appendingPathComponent("shared/corpus")
            if FileManager.default.fileExists(atPath: candidate.path) { return candidate.path }
            folder.deleteLastPathComponent()
        }
        return nil
    }()
}

@Suite(.enabled(if: SharedCorpus.folder != nil, "the shared corpus is not beside the project"))
struct ScorerTests {
    /// The hand-made records of one set, with changes that touch every field and kind of error.
    private func disturbed(_ lines: [String]) -> [String] {
        lines.enumerated().map { index, line in
            switch index % 9 {
            case 0: line.replacing("\"percent\"", with: "\"points\"")
            case 1: line.replacing("\"score\"", with: "\"change\"")
            case 2: line.replacing("\"exact\"", with: "\"about\"")
            case 3: line.replacing("\"evaluated\"", with: "\"mentioned\"")
            case 4: line.replacing("\"code\"", with: "\"data\"")
            case 5: line.replacing("\"sets\"", with: "\"matches\"")
            case 6: line.replacing("accuracy", with: "Acc").replacing("000000", with: "000001")
            case 7: line.replacing("\"benchmarks\": [\"", with: "\"benchmarks\": [\"Other\", \"")
            default: line
            }
        }
    }

    @Test(arguments: ["seeds", "dev", "train"])
    func `figures equal those of the corpus's scorer`(set: String) throws {
        let folder = try #require(SharedCorpus.folder)
        let goldPath = "\(folder)/\(set).gold.jsonl"
        let gold = try String(contentsOfFile: goldPath, encoding: .utf8)
        let predicted = disturbed(gold.split(separator: "\n").map(String.init)).dropLast(3).joined(separator: "\n")
        let predictedPath = NSTemporaryDirectory() + "claimboard-\(UUID().uuidString).jsonl"
        try predicted.write(toFile: predictedPath, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: predictedPath) }

        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "\(folder)/score.py", goldPath, predictedPath, "--json"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let expected = try #require(
            JSONSerialization.jsonObject(with: output.fileHandleForReading.readDataToEndOfFile()) as? [String: Any]
        )
        process.waitUntilExit()

        let result = Evaluation(
            gold: try AnnotatedRecord.read(Data(gold.utf8), name: "gold"),
            predicted: try AnnotatedRecord.read(Data(predicted.utf8), name: "predicted")
        )
        var json = JSONWriter()
        EvaluationReport(result).write(to: &json)
        let actual = try #require(JSONSerialization.jsonObject(with: Data(json.bytes)) as? [String: Any])
        for (key, value) in expected {
            if let figures = value as? [String: NSNumber?] {
                let ours = try #require(actual[key] as? [String: Any])
                for (name, figure) in figures {
                    #expect(ours[name] as? NSNumber == figure, "\(key) \(name)")
                }
            } else {
                #expect(actual[key] as? NSNumber == value as? NSNumber, "\(key)")
            }
        }
        #expect((expected["numbers"] as? [String: Any])?["f1"] as? Double != 1, "the disturbance has to show")
    }
}
