import Foundation
import FoundationXML
import Testing

@testable import API
@testable import Registry

@Suite struct FeedRoutesTests {
    @Test(arguments: ["/v1/feed.atom", "/v1/benchmarks/gsm8k/feed.atom"])
    func `A feed has what Atom asks for, and the same ids each time`(path: String) async throws {
        try await SharedServer.use { client in
            let answer = try await client.send("GET", path)
            #expect(answer.status == 200)
            #expect(answer.headers["content-type"] == "application/atom+xml; charset=utf-8")
            let feed = try #require(try XMLDocument(data: Data(answer.body)).rootElement())
            #expect(feed.name == "feed" && feed.uri == "http://www.w3.org/2005/Atom")
            for name in ["id", "title", "updated", "author"] { #expect(feed.elements(forName: name).count == 1) }
            let rels = feed.elements(forName: "link").map { link in
                (link.attributes ?? []).first { $0.name == "rel" }?.stringValue
            }
            #expect(rels == ["self", "alternate"])
            let entries = feed.elements(forName: "entry")
            #expect(entries.count == 4)
            for entry in entries {
                for name in ["id", "title", "updated", "content"] { #expect(entry.elements(forName: name).count == 1) }
            }
            let ids = entries.compactMap { $0.elements(forName: "id").first?.stringValue }
            #expect(Set(ids).count == 4 && ids.allSatisfy { $0.hasPrefix("urn:uuid:") })
            #expect(
                entries.last?.elements(forName: "title").first?.stringValue?.hasPrefix("New paper: Counter") == true
            )
            #expect(try await client.send("GET", path).body == answer.body)
        }
    }

    @Test(arguments: [
        ("a < b & \"c\" > d", "a &lt; b &amp; &quot;c&quot; &gt; d"),
        ("\u{1}\u{8}x\u{FFFE}", "\u{FFFD}\u{FFFD}x\u{FFFD}"),
        ("\t\n\r", "\t\n&#13;"), ("é\u{1F600}", "é\u{1F600}"),
    ])
    func `Any text can stand in XML`(text: String, escaped: String) throws {
        #expect(XMLText.escaped(text) == escaped)
        _ = try XMLDocument(xmlString: "<a b=\"\(XMLText.escaped(text))\">\(XMLText.escaped(text))</a>")
    }

    @Test func `Ids are UUIDs of version 8 that follow from a text`() {
        let id = AtomFeed.identifier(of: "x")
        #expect(id == AtomFeed.identifier(of: "x") && id != AtomFeed.identifier(of: "y"))
        let uuid = Array(id.dropFirst("urn:uuid:".count))
        #expect(uuid.count == 36 && uuid[14] == "8" && "89ab".contains(uuid[19]))
    }

    @Test(arguments: [
        ("paper.created", "New paper: A paper"), ("paper.updated", "Paper changed: A paper"),
        ("correction.accepted", "Correction accepted: A paper"), ("account.created", "Account created: A paper"),
        ("some_thing.put_aside", "Some thing put aside: A paper"),
    ])
    func `What happened stands in words for people`(kind: String, title: String) {
        let paper = PaperReference(id: 7, title: "A paper", published: nil, url: nil)
        #expect(AtomFeed.title(of: Self.change(kind, paper: paper, [])) == title)
    }

    @Test(
        arguments: [
            ([], "Correction accepted", "/v1/log?after=6&amp;limit=1"),
            (
                [
                    ChangedRecord(type: .correction, id: 3, revision: 2, summary: "update"),
                    ChangedRecord(type: .metric, id: 5, revision: 2, summary: "BLEU"),
                ],
                "Correction accepted: metric BLEU", "/v1/records/metric/5/revisions"
            ),
            (
                [ChangedRecord(type: .correction, id: 3, revision: 2, summary: nil)], "Correction accepted",
                "/v1/corrections/3"
            ),
        ] as [([ChangedRecord], String, String)]
    )
    func `An entry leads to what was changed`(records: [ChangedRecord], title: String, place: String) {
        let change = Self.change("correction.accepted", paper: nil, records)
        let feed = AtomFeed(
            id: "urn:x",
            title: "",
            address: "",
            page: "",
            changes: [change],
            baseURL: "https://a.example"
        )
        #expect(AtomFeed.title(of: change) == title)
        #expect(feed.text.contains("<link rel=\"alternate\" href=\"https://a.example\(place)\"/>"))
    }

    private static func change(_ kind: String, paper: PaperReference?, _ records: [ChangedRecord]) -> Change {
        Change(
            position: 7,
            hash: "00",
            at: "2026-01-01T00:00:00Z",
            actor: "ann",
            kind: kind,
            reason: nil,
            paper: paper,
            records: records
        )
    }
}
