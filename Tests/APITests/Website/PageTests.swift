import Claims
import Testing

@Suite struct PageTests {
    struct Shown: CustomTestStringConvertible {
        var target: String
        var words: [String]
        var testDescription: String { target }
    }

    @Test(arguments: [
        Shown(target: "/", words: ["GSM8K", "93.5 %", "Adder 13B", "<b>4</b>papers"]),
        Shown(target: "/benchmarks", words: ["href=\"/benchmarks/gsm8k\"", "href=\"/benchmarks/mmlu\""]),
        Shown(target: "/benchmarks?q=gsm", words: ["GSM8K", "value=\"gsm\""]),
        Shown(target: "/benchmarks?q=a+b%00", words: ["GSM8K"]),
        Shown(target: "/benchmarks?q=chain+of+thought", words: ["value=\"chain of thought\""]),
        Shown(target: "/benchmarks?q=%22%3E%3Cscript%3E", words: ["&quot;&gt;&lt;script&gt;"]),
        Shown(
            target: "/benchmarks/gsm8k",
            words: [
                "93.5 %", "higher is better", "<svg", "leaderboard.csv?metric=accuracy", "sets a new state of the art",
            ]
        ),
        Shown(target: "/benchmarks/mmlu", words: ["MMLU"]),
        Shown(target: "/models/counter-7b", words: ["Counter 7B", "7B parameters", "91.2 %"]),
        Shown(target: "/papers/1", words: ["<mark title=", "Numbers"]),
    ])
    func `Pages show what the registry holds`(shown: Shown) async throws {
        try await SharedServer.use { client in
            let page = try await client.send("GET", shown.target)
            #expect(page.status == 200)
            #expect(page.headers["content-type"] == "text/html; charset=utf-8")
            for words in shown.words { #expect(page.text.contains(words)) }
            #expect(!page.text.contains("<script"))
        }
    }

    @Test(arguments: ["/benchmarks/nothing", "/models/nothing", "/papers/999999", "/papers/x", "/models/%00"])
    func `What is not there is said on a page`(target: String) async throws {
        try await SharedServer.use { client in
            let page = try await client.send("GET", target)
            #expect(page.status == 404)
            #expect(page.text.contains("<h1>Not found</h1>"))
        }
    }

    @Test func `An address that leads nowhere is said on a page to a browser, as a problem to a program`() async throws
    {
        try await SharedServer.use { client in
            let browser = ["Accept": "text/html,application/xhtml+xml,*/*;q=0.8"]
            let page = try await client.send("GET", "/nowhere", headers: browser)
            #expect(page.status == 404)
            #expect(page.headers["content-type"] == "text/html; charset=utf-8")
            #expect(page.text.contains("<h1>Not found</h1>"))
            for (target, headers) in [("/nowhere", [:]), ("/v1/nowhere", browser)] {
                let problem = try await client.send("GET", target, headers: headers)
                #expect(problem.status == 404)
                #expect(problem.headers["content-type"] == "application/problem+json")
            }
        }
    }

    @Test func `Pages run no script and fetch nothing from elsewhere`() async throws {
        try await SharedServer.use { client in
            let page = try await client.send("GET", "/")
            let policy = page.headers["content-security-policy"] ?? ""
            #expect(policy.hasPrefix("default-src 'none'; style-src 'self'"))
            #expect(!policy.contains("unsafe"))
            #expect(!policy.contains("script-src"))
            let style = try await client.send("GET", "/site.css")
            #expect(style.headers["content-type"] == "text/css; charset=utf-8")
            #expect(!style.text.contains("url("))
            #expect(!style.text.contains("@import"))
        }
    }

    @Test func `Another name of a benchmark leads to its page`() async throws {
        try await SharedServer.use { client in
            let answer = try await client.send("GET", "/benchmarks/GSM-8k")
            #expect(answer.status == 301)
            #expect(answer.headers["location"] == "/benchmarks/gsm8k")
        }
    }
}
