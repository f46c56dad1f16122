import Claims
import Foundation
import FoundationNetworking
import ScriptedEndpoint
import Testing

@testable import ModelReader

@Suite struct EndpointTests {
    private static let good = Sample.answer(results: "[\(Sample.result())]")

    @Test func `a good answer becomes records, and its tokens are counted`() async throws {
        let server = try ScriptedServer(.chat(Self.good))
        defer { server.stop() }
        let (outcomes, usage) = try await Sample.read([Sample.paper], Sample.settings(server, key: "sk-secret"))
        let reading = try outcomes[0].get()
        #expect(reading.records.claims.map(\.value.description) == ["78.40"])
        #expect(reading.dropped == DroppedRecords())
        #expect((usage.calls, usage.inputTokens, usage.outputTokens) == (1, 1000, 200))
        #expect(usage.cost(TokenPrices(input: 2, output: 10)) == 0.004)

        let request = try #require(server.requests.first)
        #expect(request.head.hasPrefix("POST /v1/chat/completions HTTP/1.1"))
        #expect(request.head.contains("Bearer sk-secret"))
        #expect(request.members["model"] as? String == "tiny-1")
        let format = request.members["response_format"] as? [String: Any]
        #expect(format?["type"] as? String == "json_schema")
        let messages = request.members["messages"] as? [[String: String]]
        #expect(messages?.last?["content"]?.contains("reaches 78.40% accuracy, 3.2 points") == true)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a request of a task that has been cancelled before ends at once`() async throws {
        let server = try ScriptedServer(.silence)
        defer { server.stop() }
        let exchange = HTTPExchange(limit: 1_000)
        let session = URLSession(configuration: .ephemeral, delegate: exchange, delegateQueue: nil)
        defer { session.invalidateAndCancel() }
        let request = URLRequest(url: try #require(URL(string: "http://127.0.0.1:\(server.port)/")))
        let running = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await exchange.run(request, in: session).status
        }
        await #expect(throws: CancellationError.self) { try await running.value }
        #expect(server.requests.isEmpty)
    }

    @Test func `an endpoint that takes no schema is asked more simply, and no second time`() async throws {
        let server = try ScriptedServer { _, request in
            request.members["response_format"] == nil ? .chat("Here you are:\n```json\n\(Self.good)\n```") : .http(400)
        }
        defer { server.stop() }
        var settings = try Sample.settings(server)
        settings.concurrentCalls = 1
        let (outcomes, _) = try await Sample.read([Sample.paper, Sample.paper], settings)
        #expect(outcomes.allSatisfy { (try? $0.get())?.records.claims.count == 1 })
        #expect(server.requests.map { $0.members["temperature"] != nil } == [true, false, false, false])
        #expect(server.requests.map { $0.members["response_format"] != nil } == [true, true, false, false])
    }

    @Test(arguments: [
        [ScriptedServer.Reply.http(500), .http(503)], [.http(429, headers: ["Retry-After": "0"])], [.hangUp],
        [.brokenOff(#"{"choices": ["#)], [.http(200, body: #"{"choices": [{"mess"#)], [.http(200, body: "<html>")],
    ])
    func `what passes is tried again`(failures: [ScriptedServer.Reply]) async throws {
        let server = try ScriptedServer { number, _ in
            number < failures.count ? failures[number] : .chat(Self.good)
        }
        defer { server.stop() }
        let (outcomes, usage) = try await Sample.read([Sample.paper], Sample.settings(server))
        #expect(try outcomes[0].get().records.claims.count == 1)
        #expect(usage.calls >= failures.count + 1)
    }

    @Test func `an endpoint that asks for time is left alone for so long`() async throws {
        let server = try ScriptedServer(.http(429, headers: ["Retry-After": "1"]), .chat(Self.good))
        defer { server.stop() }
        let start = ContinuousClock.now
        let (outcomes, _) = try await Sample.read([Sample.paper], Sample.settings(server))
        #expect(try outcomes[0].get().records.claims.count == 1)
        #expect(ContinuousClock.now - start >= .seconds(1))
    }

    @Test func `an endpoint that asks for more time than there is ends the wait at once`() async throws {
        let server = try ScriptedServer(.http(429, headers: ["Retry-After": "7000"]))
        defer { server.stop() }
        let (outcomes, usage) = try await Sample.read([Sample.paper], Sample.settings(server))
        #expect(outcomes[0].error == .busy(status: 429))
        #expect(usage.calls == 1)
    }

    @Test(arguments: [
        (ScriptedServer.Reply.http(500), ModelReaderError.busy(status: 500), 3),
        (.http(200, body: "[]"), .notAnAnswer, 3), (.http(422), .badRequest(status: 422), 3),
        (.chat("I would rather write a poem."), .noRecords, 1), (.chat("[1, 2]"), .noRecords, 1),
        (.chat(#"{"answer": 42}"#), .noRecords, 1), (.chat(#"{"results": [{"value""#), .noRecords, 1),
        (.http(200, body: #"{"choices": [{"message": {"content": null, "refusal": "No."}}]}"#), .declined, 1),
        (.http(200, body: #"{"choices": []}"#), .notAnAnswer, 1),
    ])
    func `what does not pass costs the paper its second reading`(
        reply: ScriptedServer.Reply,
        error: ModelReaderError,
        calls: Int
    ) async throws {
        let server = try ScriptedServer(reply)
        defer { server.stop() }
        let (outcomes, usage) = try await Sample.read([Sample.paper], Sample.settings(server))
        #expect(outcomes[0].error == error)
        #expect(usage.calls == calls)
    }

    @Test(arguments: [(401, ModelReaderError.refused(status: 401)), (404, .notFound)])
    func `what concerns all papers ends the run`(status: Int, error: ModelReaderError) async throws {
        let server = try ScriptedServer(.http(status))
        defer { server.stop() }
        await #expect(throws: error) { _ = try await Sample.read([Sample.paper], Sample.settings(server)) }
        #expect(server.requests.count == 1)
    }

    @Test func `a redirect is not followed, since the key would go with it`() async throws {
        let other = try ScriptedServer(.chat(Self.good))
        let server = try ScriptedServer(.http(307, headers: ["Location": "http://127.0.0.1:\(other.port)/v1"]))
        defer {
            server.stop()
            other.stop()
        }
        await #expect(throws: ModelReaderError.redirected) {
            _ = try await Sample.read([Sample.paper], Sample.settings(server, key: "sk-secret"))
        }
        #expect(other.requests.isEmpty)
    }

    @Test func `silence ends with the time of a call, and all calls with the time for all`() async throws {
        let server = try ScriptedServer(.silence)
        defer { server.stop() }
        var settings = try Sample.settings(server)
        settings.callLimit = .milliseconds(100)
        let (outcomes, usage) = try await Sample.read([Sample.paper], settings)
        #expect(outcomes[0].error == .timedOut)
        #expect(usage.calls == 3)

        settings.callLimit = .seconds(60)
        settings.totalLimit = .milliseconds(200)
        settings.concurrentCalls = 2
        let (late, _) = try await Sample.read([Sample.paper, Sample.paper, Sample.paper], settings)
        #expect(late.map(\.error) == [.outOfTime, .outOfTime, .outOfTime])
    }

    @Test func `an answer without end is broken off at the limit`() async throws {
        let server = try ScriptedServer(.endless)
        defer { server.stop() }
        let (outcomes, usage) = try await Sample.read([Sample.paper], Sample.settings(server))
        #expect(outcomes[0].error == .answerTooLong)
        #expect(usage.calls == 1)
    }

    @Test func `nobody at the address is told`() async throws {
        let server = try ScriptedServer(.hangUp)
        server.stop()
        let (outcomes, _) = try await Sample.read([Sample.paper], Sample.settings(server))
        #expect(outcomes[0].error == .unreachable)
    }

    @Test func `papers keep their order, and no more calls run at a time than are allowed`() async throws {
        let server = try ScriptedServer { number, request in
            let content = (request.members["messages"] as? [[String: String]])?.last?["content"] ?? ""
            let value = content.firstMatch(of: /reaches (\d+)%/).map { String($0.1) } ?? ""
            usleep(UInt32(20_000 + number % 3 * 20_000))
            return .chat(Sample.answer(results: "[\(Sample.result("\"\(value)\"", evidence: "reaches \(value)%"))]"))
        }
        defer { server.stop() }
        var settings = try Sample.settings(server)
        settings.concurrentCalls = 3
        let papers = (10..<30).map { Paper(title: "T", abstract: "Lynx reaches \($0)% accuracy on QuietBench.") }
        let (outcomes, _) = try await Sample.read(papers, settings)
        let values = try outcomes.map { try $0.get().records.claims.first?.value.description }
        #expect(values == (10..<30).map { "\($0)" })
        #expect(server.mostOpen <= 3)
    }

    @Test func `a reader that is cancelled stops`() async throws {
        let server = try ScriptedServer(.silence)
        defer { server.stop() }
        let settings = try Sample.settings(server)
        let task = Task { try await Sample.read([Sample.paper], settings) }
        while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(10)) }
        task.cancel()
        await #expect(throws: CancellationError.self) { _ = try await task.value }
    }
}
