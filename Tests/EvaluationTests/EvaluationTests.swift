import Formats
import Foundation
import Testing

@testable import Evaluation

@Suite struct EvaluationTests {
    private func evaluation(gold: String, predicted: String) throws -> Evaluation {
        Evaluation(
            gold: try AnnotatedRecord.read(Data(gold.utf8), name: "gold"),
            predicted: try AnnotatedRecord.read(Data(predicted.utf8), name: "predicted")
        )
    }

    private func number(_ value: String, unit: String = "percent", kind: String = "score", on names: String = "")
        -> String
    {
        let list = names.split(separator: ",").map { "\"\($0)\"" }.joined(separator: ",")
        return #"{"value":"\#(value)","unit":"\#(unit)","kind":"\#(kind)","benchmarks":[\#(list)],"confidence":0.9}"#
    }

    private func record(_ results: String...) -> String {
        #"{"id":"a","results":[\#(results.joined(separator: ","))]}"#
    }

    @Test(arguments: [
        ("The GSM8k dataset", "gsm8k"), ("data set X", "x"), ("Test Set", "testset"), ("F1 score", "f1"),
        ("Accuracy (%)", "accuracy"), ("tasks", "tasks"), ("MBPP+", "mbpp+"), ("Retasks", "retasks"),
    ])
    func `names are compared without words of kind`(name: String, expected: String) {
        #expect(ComparedNames.name(name) == expected)
    }

    @Test(arguments: [("78.370", "78.37"), ("0080", "80"), ("-0.50", "-0.5"), ("100", "100"), ("0.0", "0")])
    func `decimals are compared by value`(text: String, expected: String) {
        #expect(ComparedNames.decimal(text) == expected)
    }

    @Test func `equal records are all right`() throws {
        let both = record(number("80.0", on: "MATH"), number("80", on: "The MATH dataset"))
        let result = try evaluation(gold: both, predicted: both)
        #expect(result.tallies[.claims]?.f1 == 1)
        #expect(result.exactCount == 1)
        #expect(result.errors.isEmpty)
    }

    @Test(arguments: [
        ("a", ErrorKind.notFound), ("b", .noResult), ("c", .otherUnit), ("d", .otherKind), ("e", .noBenchmark),
        ("f", .extraBenchmark), ("g", .otherBenchmark),
    ])
    func `tells what went wrong`(name: String, expected: ErrorKind) throws {
        let cases = [
            "a": (record(number("1")), record()), "b": (record(), record(number("1"))),
            "c": (record(number("1")), record(number("1", unit: "points"))),
            "d": (record(number("1")), record(number("1", kind: "change"))),
            "e": (record(number("1", on: "X")), record(number("1"))),
            "f": (record(number("1", on: "X")), record(number("1", on: "X,Y"))),
            "g": (record(number("1", on: "X")), record(number("1", on: "Y"))),
        ]
        let (gold, predicted) = try #require(cases[name])
        #expect(try evaluation(gold: gold, predicted: predicted).errors == [expected: 1])
    }

    @Test func `a confidence that is kept leaves no gap`() {
        var calibration = Calibration()
        calibration.add(found: (0..<10).map { ($0, 0.9) }, wanted: Array(0..<9))
        #expect(calibration.gap.map { abs($0) < 1e-9 } == true)
        calibration.add(found: (0..<10).map { ($0, 0.9) }, wanted: [])
        #expect(calibration.gap.map { abs($0 - 0.45) < 1e-9 } == true)
    }

    @Test func `a line that is no record is told with its number`() {
        #expect(throws: EvaluationError.self) {
            try AnnotatedRecord.read(Data("{\"id\":\"a\"}\n\n{\"results\":[]}\n".utf8), name: "x.jsonl")
        }
        do {
            _ = try AnnotatedRecord.read(Data("{\"id\":\"a\"}\n\n{\"results\":[]}\n".utf8), name: "x.jsonl")
        } catch {
            #expect(error.description.hasPrefix("x.jsonl:3: "))
        }
    }
}
