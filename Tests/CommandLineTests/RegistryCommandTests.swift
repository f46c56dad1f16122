import Foundation
import FoundationNetworking
import Glibc
import Testing

@Suite struct RegistryCommandTests {
    private func papers(_ count: Int, from start: Int = 0) -> String {
        (start..<(start + count)).map { index in
            #"{"title": "Fox \#(index)", "abstract": "We present Fox\#(index). Fox\#(index) reaches \#(50 + index % 49).\#(index % 10)% "#
                + #"accuracy on GSM8K. Code: https://github.com/acme/fox\#(index).", "published": "2025-03-01"}"#
        }.joined(separator: "\n") + "\n"
    }

    @Test func `papers become boards, and reading them again changes nothing`() throws {
        let (data, folder) = (DataFolder(), try Folder())
        let file = try folder.file("papers.jsonl", papers(20))
        let first = try Program.run(["ingest", file, "--format", "json", "--data", data.path])
        #expect(first.status == 0, "\(first.errors)")
        #expect(try first.jsonLines().first?["created"] as? Int == 20)

        let head = try Program.run(["log", "verify", "--data", data.path])
        #expect(head.status == 0 && head.output.hasPrefix("ok"))
        let second = try Program.run(["ingest", file, "--format", "json", "--data", data.path])
        #expect(try second.jsonLines().first?["unchanged"] as? Int == 20)
        #expect(try Program.run(["log", "verify", "--data", data.path]).output == head.output)

        let csv = try Program.run(["leaderboard", "gsm8k", "--format", "csv", "--limit", "3", "--data", data.path])
        #expect(csv.status == 0, "\(csv.errors)")
        #expect(csv.output.split(whereSeparator: \.isNewline).count == 4)
        let table = try Program.run(["sota", "GSM-8K", "--data", data.path])
        #expect(table.status == 0 && table.output.contains("69.9 %"), "\(table.errors)")
        let list = try Program.run(["benchmarks", "gsm", "--format", "csv", "--data", data.path])
        #expect(list.output.contains("\ngsm8k,"))
        let none = try Program.run(["sota", "no-such-benchmark", "--data", data.path])
        #expect(none.status == 1 && none.errors.contains("no-such-benchmark"))
    }

    @Test(arguments: [SIGINT, SIGKILL])
    func `an ingest that is broken off leaves nothing half, and goes on`(signal: Int32) throws {
        let (data, folder) = (DataFolder(), try Folder())
        let file = try folder.file("papers.jsonl", papers(6_000))
        let running = try Program.start(["ingest", file, "--data", data.path, "--verbose"])
        usleep(3_500_000)
        running.send(signal)
        let broken = try running.wait()
        #expect(broken.status == (signal == SIGKILL ? 137 : 130) || broken.status == 0)

        let again = try Program.run(["ingest", file, "--format", "json", "--data", data.path])
        #expect(again.status == 0, "\(again.errors)")
        let outcome = try again.jsonLines().first
        #expect((outcome?["created"] as? Int ?? 0) + (outcome?["unchanged"] as? Int ?? 0) == 6_000)
        let verified = try Program.run(["log", "verify", "--data", data.path])
        #expect(verified.status == 0, "\(verified.errors)")
        #expect(verified.output.hasPrefix("ok, 6000 entries"))
    }

    @Test func `two at once in a new folder both get through, and leave no server`() throws {
        let (data, folder) = (DataFolder(), try Folder())
        let file = try folder.file("papers.jsonl", papers(1_000))
        let running = try [1, 2].map { _ in try Program.start(["ingest", file, "--data", data.path]) }
        for program in running {
            let result = try program.wait()
            #expect(result.status == 0, "\(result.errors)")
        }
        let verified = try Program.run(["log", "verify", "--data", data.path])
        #expect(verified.output.hasPrefix("ok, 1000 entries"))
        let checked = try Program.run(["doctor", "--data", data.path])
        #expect(checked.output.contains("none runs"), "\(checked.output)")
    }

    @Test func `a paper that the registry refuses is named with its line`() throws {
        let (data, folder) = (DataFolder(), try Folder())
        let address = #""url": "https://arxiv.org/abs/2509.01234""#
        let lines = [
            #"{"title": "T", "abstract": "One.", \#(address)}"#,
            #"{"title": "T", "abstract": "Two.", \#(address)}"#,
            #"{"title": "T", "abstract": "One."}"#,
            #"{"title": "T", "abstract": "One.", \#(address)}"#,
        ]
        let file = try folder.file("papers.jsonl", lines.joined(separator: "\n") + "\n")
        let result = try Program.run(["ingest", file, "--data", data.path])
        #expect(result.status == 3)
        #expect(result.errors.contains("papers.jsonl:4: "), "\(result.errors)")
    }

    @Test func `an ingest in which nothing could be taken has failed, one in which something could has refused`() throws
    {
        let folder = try Folder()
        let data = try Folder()
        let good = try folder.file(
            "good.jsonl",
            #"{"title": "A", "abstract": "StepNet reaches 81.2% on GSM8K."}"# + "\n"
        )
        let bad = try folder.file("bad.jsonl", #"{"title": 7}"# + "\n")
        let runs =
            [([bad], 1), ([folder.path + "/nothing.jsonl"], 1), ([bad, good], 3), ([good], 0)] as [([String], Int32)]
        for (files, status) in runs {
            let result = try Program.run(["ingest", "--data", data.path] + files)
            #expect(result.status == status, "\(files): \(result.errors)")
        }
    }

    @Test func `a command works beside a service, and a second service is refused`() async throws {
        let (data, folder) = (DataFolder(), try Folder())
        let service = try Program.start(["serve", "--port", "0", "--data", data.path])
        let said = service.waitForErrors(containing: "Serving on")
        let address = try #require(said.firstMatch(of: /http:\/\/127\.0\.0\.1:\d+/)).output

        let file = try folder.file("papers.jsonl", papers(3))
        let ingest = try Program.run(["ingest", file, "--data", data.path])
        #expect(ingest.status == 0, "\(ingest.errors)")
        let (body, response) = try await URLSession.shared.data(
            from: try #require(URL(string: "\(address)/v1/benchmarks/gsm8k/leaderboard.csv"))
        )
        #expect((response as? HTTPURLResponse)?.statusCode == 200)
        #expect(String(decoding: body, as: UTF8.self).split(whereSeparator: \.isNewline).count == 4)

        let second = try Program.run(["serve", "--port", "0", "--data", data.path])
        #expect(second.status == 1 && second.errors.contains("in use"), "\(second.errors)")
        service.send(SIGTERM)
        #expect(try service.wait().status == 0)
    }
}
