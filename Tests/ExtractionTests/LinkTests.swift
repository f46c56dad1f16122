import Claims
import Testing

@testable import Extraction

@Suite struct LinkTests {
    struct Case: CustomTestStringConvertible {
        let abstract: String
        let links: [String]

        var testDescription: String { abstract }
    }

    @Test(arguments: [
        Case(
            abstract: "Our code is at https://github.com/acme/Tool.git.",
            links: ["code https://github.com/acme/Tool"]
        ),
        Case(
            abstract: #"Code: \url{https://github.com/acme/my\_tool/}."#,
            links: ["code https://github.com/acme/my_tool"]
        ),
        Case(
            abstract: "The source is public at https://github.com/ acme/tool and works.",
            links: ["code https://github.com/acme/tool"]
        ),
        Case(abstract: "The code is at https: //github.com/acme/tool", links: ["code https://github.com/acme/tool"]),
        Case(abstract: "Find it on https://github. com/acme/tool.", links: ["code https://github.com/acme/tool"]),
        Case(
            abstract: "Code is available at\nhttps://example.org/a-\nlong/path today.",
            links: ["project https://example.org/a-long/path"]
        ),
        Case(abstract: "See github.com/acme/tool (code).", links: ["code https://github.com/acme/tool"]),
        Case(abstract: "The code (HTTP://GitHub.com/Acme/Tool) runs.", links: ["code http://github.com/Acme/Tool"]),
        Case(
            abstract: "The dataset can be downloaded at https://github.com/acme/corpus",
            links: ["data https://github.com/acme/corpus"]
        ),
        Case(
            abstract: "We list the surveyed papers at https://github.com/acme/awesome-things.",
            links: ["list https://github.com/acme/awesome-things"]
        ),
        Case(
            abstract: "Weights: https://huggingface.co/acme/model-7b, data: https://huggingface.co/datasets/acme/d.",
            links: ["model https://huggingface.co/acme/model-7b", "data https://huggingface.co/datasets/acme/d"]
        ),
        Case(abstract: "Project page: https://acme.github.io/thing/.", links: ["project https://acme.github.io/thing"]),
        Case(abstract: "Run pip install Acme_Tool to try it.", links: ["code pkg:pypi/acme-tool"]),
        Case(
            abstract: "Code at https://github.com/acme/a and again at https://github.com/Acme/A.",
            links: ["code https://github.com/acme/a"]
        ),
        Case(
            abstract: "Shown in https://en.example.org/wiki/Tool_(kit).",
            links: ["project https://en.example.org/wiki/Tool_(kit)"]
        ),
        Case(
            abstract: "Code and data: {https://github.com/acme/tool}.",
            links: ["code https://github.com/acme/tool"]
        ),
        Case(
            abstract: #"The code is released (\href{https://github.com/acme/tool}{here})."#,
            links: ["code https://github.com/acme/tool"]
        ),
        Case(abstract: "Run pip3 install acme-tool==1.2 first.", links: ["code pkg:pypi/acme-tool"]),
        Case(abstract: "A demo is at https://acme.github.io/demo...", links: ["project https://acme.github.io/demo"]),
        Case(abstract: "Install it before you pip it; git and install are words.", links: []),
        Case(abstract: "We use GitHub and http as words; www is one too.", links: []),
        Case(abstract: "https:// and http://x are no addresses.", links: []),
    ])
    func `finds addresses and what is behind them`(example: Case) {
        let records = Extractor().extract(title: "", abstract: example.abstract)
        #expect(records.links.map { "\($0.kind.rawValue) \($0.url)" } == example.links)
    }

    @Test func `evidence is the address as it stands`() throws {
        let abstract = #"Größe: code at \url{https://github.com/acme/my\_tool}."#
        let link = try #require(Extractor().extract(title: "", abstract: abstract).links.first)
        #expect(link.evidence.text == #"https://github.com/acme/my\_tool"#)
        #expect(Array(abstract.utf8)[link.evidence.start..<link.evidence.end].elementsEqual(link.evidence.text.utf8))
    }
}
