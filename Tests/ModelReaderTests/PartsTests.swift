import Claims
import Foundation
import Testing

@testable import ModelReader

@Suite struct PartsTests {
    @Test(arguments: [
        ("reaches 78.40% accuracy", "78.4", "78.40"), ("1,234 images per second", "1234", "1234"),
        ("1{,}234.5 images", "1234.5", "1234.5"), ("$92.3\\%$ on the test set", "92.3", "92.3"),
        ("3k tokens per second", "3000", "3000"), ("a ten-fold speedup", "10", "10"),
        ("two orders of magnitude faster", "100", "100"), ("twice as fast", "2", "2"),
        ("a reward of -3.5", "-3.5", "-3.5"),
        ("a reward of \u{2212}3.5", "-3.5", "-3.5"), ("13 billion parameters", "13000000000", "13000000000"),
        ("0.6M parameters", "600000", "600000"), ("Mixtral 8x7B", "56000000000", "56000000000"),
        ("from 37.7% to 72.2%", "72.2", "72.2"), ("1.7\u{D7} faster", "1.7", "1.7"),
    ])
    func `a number stands in a text in the forms of the guide`(text: String, value: String, printed: String) throws {
        #expect(PrintedNumbers(in: text).printed(try #require(ExactDecimal(value)))?.description == printed)
    }

    @Test(arguments: [
        ("reaches 78.40% accuracy", "8.40"), ("reaches 78.40% accuracy", "78"), ("on 1,2 and 3", "12"),
        ("a reward of 3.5", "-3.5"), ("twice as fast", "3"), ("faster by orders", "10"), ("someone", "1"), ("", "0"),
    ])
    func `a number that is not printed does not stand there`(text: String, value: String) throws {
        #expect(PrintedNumbers(in: text).printed(try #require(ExactDecimal(value))) == nil)
    }

    @Test(arguments: [
        (#"{"results": []}"#, true), ("Sure!\n```json\n{\"results\": []}\n```\nBye {now}.", true),
        (#"{"thought": "}"} {"links": []}"#, true), (#"{"results": "none"}"#, false), ("{", false), ("", false),
    ])
    func `an answer is found with words around it`(text: String, isAnswer: Bool) {
        #expect((ModelAnswer(in: text) != nil) == isAnswer)
    }

    @Test(arguments: ["{", "[", "{\"results\":["])
    func `a text of nothing but brackets is no answer`(part: String) {
        #expect(ModelAnswer(in: String(repeating: part, count: 100_000)) == nil)
    }

    @Test func `waits grow, vary by half, and stop where it is no use`() {
        let policy = RetryPolicy(attempts: 4, firstWait: .seconds(2))
        func wait(_ attempt: Int, _ error: ModelReaderError, asked: Duration? = nil, chance: Double = 0) -> Duration? {
            policy.wait(afterAttempt: attempt, error, retryAfter: asked, chance: chance, left: .seconds(300))
        }
        #expect(wait(1, .timedOut) == .seconds(1))
        #expect(wait(2, .timedOut) == .seconds(2))
        #expect(wait(3, .timedOut, chance: 0.5) == .seconds(6))
        #expect(wait(4, .timedOut) == nil)
        #expect(wait(1, .noRecords) == nil)
        #expect(wait(1, .busy(status: 429), asked: .seconds(20)) == .seconds(20))
        #expect(wait(1, .busy(status: 429), asked: .zero) == .seconds(1))
        #expect(wait(1, .busy(status: 429), asked: .seconds(300)) == nil)
    }

    @Test(arguments: [("3", 3.0), ("0.5", 0.5), ("-1", nil), ("soon", nil), ("nan", nil), ("1e300", nil)])
    func `the time that an endpoint asks for is read in seconds`(field: String, seconds: Double?) {
        #expect(RetryPolicy.retryAfter(field) == seconds.map { .seconds($0) })
    }

    @Test(arguments: [
        (["CLAIMBOARD_MODEL_NAME": "m"], "CLAIMBOARD_MODEL_URL"),
        (["CLAIMBOARD_MODEL_URL": "http://h/v1"], "CLAIMBOARD_MODEL_NAME"),
        (["CLAIMBOARD_MODEL_URL": "file:///etc", "CLAIMBOARD_MODEL_NAME": "m"], "CLAIMBOARD_MODEL_URL"),
        (["CLAIMBOARD_MODEL_URL": "http://h/v1", "CLAIMBOARD_MODEL_NAME": ""], "CLAIMBOARD_MODEL_NAME"),
        (
            ["CLAIMBOARD_MODEL_URL": "http://h/v1", "CLAIMBOARD_MODEL_NAME": "m", "CLAIMBOARD_MODEL_CALLS": "0"],
            "CLAIMBOARD_MODEL_CALLS"
        ),
        (
            ["CLAIMBOARD_MODEL_URL": "http://h/v1", "CLAIMBOARD_MODEL_NAME": "m", "CLAIMBOARD_MODEL_KEY": "sk\nx"],
            "CLAIMBOARD_MODEL_KEY"
        ),
    ])
    func `a setting that is missing or wrong is named, and no secret with it`(
        environment: [String: String],
        setting: String
    ) {
        let error = #expect(throws: ModelSettingsError.self) { try ModelSettings(environment: environment) }
        #expect(error?.description.contains(setting) == true)
        #expect(error?.description.contains("sk") == false)
    }

    @Test(arguments: [
        ("https://h.example/v1", "https://h.example/v1/chat/completions"),
        ("https://h.example/v1/", "https://h.example/v1/chat/completions"),
        ("http://h:1/chat/completions", "http://h:1/chat/completions"),
    ])
    func `the address is a base or the whole`(given: String, endpoint: String) throws {
        let environment = ["CLAIMBOARD_MODEL_URL": given, "CLAIMBOARD_MODEL_NAME": "m"]
        #expect(try ModelSettings(environment: environment).endpoint.absoluteString == endpoint)
    }
}
