import Foundation
import ScriptedEndpoint
import Testing

@Suite struct SecondReaderTests {
    private static let papers = """
        {"id": "p1", "title": "Fox", "abstract": "We present Fox. Fox reaches 81.2% accuracy on GSM8K."}
        {"id": "p2", "title": "Hare", "abstract": "Hare is a plain idea."}

        """
    private static let answer = #"""
        {"benchmarks": [{"name": "GSM8K", "full_name": null, "role": "evaluated", "counts": [],
        "evidence": "81.2% accuracy on GSM8K"}], "results": [{"value": "99.9", "value_high": null, "unit": "percent",
        "kind": "score", "relative": null, "bound": "exact", "metric": "accuracy", "benchmarks": ["GSM8K"],
        "aggregate": null, "subject": "Fox", "baseline": null, "evidence": "Fox reaches 81.2% accuracy on GSM8K"}],
        "sota": [], "model_sizes": [], "links": []}
        """#

    private static func run(_ server: ScriptedServer) throws -> Program.Outcome {
        try Program.run(
            ["extract", "--second-reader"],
            input: Data(papers.utf8),
            environment: [
                "CLAIMBOARD_MODEL_URL": "http://127.0.0.1:\(server.port)/v1", "CLAIMBOARD_MODEL_NAME": "tiny-1",
                "CLAIMBOARD_MODEL_KEY": "sk-secret", "CLAIMBOARD_MODEL_INPUT_PRICE": "1",
                "CLAIMBOARD_MODEL_OUTPUT_PRICE": "5",
            ]
        )
    }

    @Test func `both readings stand in the output, and the cost on the last line`() throws {
        let server = try ScriptedServer(.chat(Self.answer))
        defer { server.stop() }
        let outcome = try Self.run(server)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let records = try outcome.jsonLines()
        #expect(records.map { $0["id"] as? String } == ["p1", "p2"])
        let seconds = records.map { $0["second_reader"] as? [String: Any] ?? [:] }
        #expect(seconds.map { $0["extractor"] as? String } == ["model/tiny-1", "model/tiny-1"])
        let dropped = seconds.map { $0["dropped"] as? [String: Int] ?? [:] }
        #expect(dropped.map { $0["without_value"] } == [1, 0])
        #expect(dropped.map { $0["without_evidence"] } == [0, 2])
        #expect(outcome.errors.contains("2000 tokens in, 400 out, cost 0.0040 USD"))
        #expect(!(outcome.errors + outcome.output).contains("sk-secret"))
    }

    @Test func `a paper that the model does not read keeps its records, and is told`() throws {
        let server = try ScriptedServer(.chat(Self.answer), .chat("No."))
        defer { server.stop() }
        let outcome = try Self.run(server)
        #expect(outcome.status == 3)
        #expect(try outcome.jsonLines().count == 2)
        #expect(outcome.errors.contains("the model's answer has no records in it"))
    }

    @Test func `a key that is refused ends the run`() throws {
        let server = try ScriptedServer(.http(401))
        defer { server.stop() }
        let outcome = try Self.run(server)
        #expect(outcome.status == 1 && outcome.output.isEmpty)
        #expect(outcome.errors.contains("HTTP 401") && !outcome.errors.contains("sk-secret"))
    }

    @Test func `without a setting it says which one is missing`() throws {
        let outcome = try Program.run(["extract", "--second-reader"], input: Data(Self.papers.utf8))
        #expect(outcome.status == 1 && outcome.errors.contains("CLAIMBOARD_MODEL_URL"))
    }
}
