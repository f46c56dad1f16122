import Claims
import Foundation
import Logging
import ScriptedEndpoint

@testable import ModelReader

/// A paper and what a model could say of it.
enum Sample {
    static let paper = Paper(
        title: "Lynx: A Small Reader",
        abstract: """
            We present Lynx, a reader with 1.5 billion parameters. On the QuietBench suite Lynx reaches
            78.40% accuracy, 3.2 points above the former best, and runs twice as fast. Ünïcode is no hurdle.
            Code: github.com/acme/lynx.
            """
    )

    /// An answer with lists of the given JSON; the others are empty.
    static func answer(
        benchmarks: String = "[]",
        results: String = "[]",
        sota: String = "[]",
        sizes: String = "[]",
        links: String = "[]"
    ) -> String {
        #"{"benchmarks": \#(benchmarks), "results": \#(results), "sota": \#(sota), "#
            + #""model_sizes": \#(sizes), "links": \#(links)}"#
    }

    /// A result's JSON, as far as it differs from a plain one.
    static func result(
        _ value: String = "\"78.40\"",
        unit: String = "percent",
        kind: String = "score",
        benchmarks: String = #"["QuietBench"]"#,
        subject: String = "Lynx",
        evidence: String = "Lynx reaches 78.40% accuracy"
    ) -> String {
        #"{"value": \#(value), "value_high": null, "unit": "\#(unit)", "kind": "\#(kind)", "relative": null, "#
            + #""bound": "exact", "metric": "accuracy", "benchmarks": \#(benchmarks), "aggregate": null, "#
            + #""subject": "\#(subject)", "baseline": null, "evidence": "\#(evidence)"}"#
    }

    /// Settings for a server of a test's own, quick to try again.
    static func settings(_ server: ScriptedServer, key: String? = nil) throws -> ModelSettings {
        var environment = [
            "CLAIMBOARD_MODEL_URL": "http://127.0.0.1:\(server.port)/v1", "CLAIMBOARD_MODEL_NAME": "tiny-1",
        ]
        environment["CLAIMBOARD_MODEL_KEY"] = key
        var settings = try ModelSettings(environment: environment)
        settings.firstWait = .milliseconds(1)
        settings.attempts = 3
        settings.callLimit = .seconds(20)
        return settings
    }

    /// Reads papers with a reader of its own.
    static func read(
        _ papers: [Paper],
        _ settings: ModelSettings
    ) async throws -> (outcomes: [ModelReader.Outcome], usage: ModelUsage) {
        let reader = ModelReader(settings: settings, logger: Logger(label: "tests"))
        defer { reader.close() }
        return (try await reader.read(papers), reader.usage)
    }

    /// Checks an answer against the paper.
    static func check(_ answer: String) -> AnswerCheck? {
        ModelAnswer(in: answer).map { AnswerCheck($0, paper: SpacedPaper(paper)) }
    }
}

extension Result where Failure == ModelReaderError {
    /// Why there is none.
    var error: ModelReaderError? {
        if case .failure(let error) = self { error } else { nil }
    }
}
