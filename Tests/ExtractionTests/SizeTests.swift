import Claims
import Testing

@testable import Extraction

@Suite struct SizeTests {
    struct Case: CustomTestStringConvertible {
        let abstract: String
        let sizes: [String]

        var testDescription: String { abstract }
    }

    @Test(arguments: [
        Case(abstract: "We tune Llama 3.1 8B for it.", sizes: ["Llama 3.1 8B 8000000000"]),
        Case(abstract: "We tune Fox2.5-32B-Chat for it.", sizes: ["Fox2.5-32B-Chat 32000000000"]),
        Case(abstract: "Fox-30B-A3B is sparse.", sizes: ["Fox-30B-A3B 30000000000"]),
        Case(abstract: "We run Mixtral 8x7B here.", sizes: ["Mixtral 8x7B 56000000000"]),
        Case(abstract: "Our net has 0.6M parameters.", sizes: ["- 600000"]),
        Case(abstract: "It has 110K trainable parameters.", sizes: ["- 110000"]),
        Case(abstract: "With 13 billion to 70 billion parameters it grows.", sizes: ["- 13000000000-70000000000"]),
        Case(abstract: "Models from 1B-64B parameters were merged.", sizes: ["- 1000000000-64000000000"]),
        Case(abstract: "A 1.3B-parameter model learns.", sizes: ["- 1300000000"]),
        Case(abstract: "A 560-billion-parameter model learns.", sizes: ["- 560000000000"]),
        Case(abstract: "We compare a 7B model and 13B baselines.", sizes: ["- 7000000000", "- 13000000000"]),
        Case(
            abstract: "We train at several scales: 2B, 9B, and 27B.",
            sizes: ["- 2000000000", "- 9000000000", "- 27000000000"]
        ),
        Case(
            abstract: "Fox3-1.7B, 4B, and 8B were used.",
            sizes: ["Fox3-1.7B 1700000000", "Fox3-4B 4000000000", "Fox3-8B 8000000000"]
        ),
        Case(abstract: "It needs fewer than 5M parameters.", sizes: ["- <5000000"]),
        Case(abstract: #"A $\sim$30B-parameter model."#, sizes: ["- ~30000000000"]),
        Case(abstract: "Trained on 7B tokens with a 32K context by GPT-4 on 300M image pairs.", sizes: []),
        Case(abstract: "The M500 board has 3B users and 2M views.", sizes: []),
        Case(
            abstract: "Fox-8x22B and Fox-235B-A22B are sparse.",
            sizes: ["Fox-8x22B 176000000000", "Fox-235B-A22B 235000000000"]
        ),
        Case(abstract: "We test Fox-8x7B-Chat here.", sizes: ["Fox-8x7B-Chat 56000000000"]),
        Case(abstract: "We test Fox-2 7B and 13B here.", sizes: ["Fox-2 7B 7000000000", "Fox-2 13B 13000000000"]),
        Case(abstract: "We test 8x7 grids and the Fox-4x-B board.", sizes: []),
        Case(abstract: "Models from 7B to 70B parameters were compared.", sizes: ["- 7000000000-70000000000"]),
        Case(abstract: "Trained on 1.5B images, 300M tokens and 100B tokens of text with a 128K window.", sizes: []),
        Case(abstract: "Fox-V3 runs on an H100 with 80 GB; GPT-4o and Fox 3.5 were used.", sizes: []),
        Case(abstract: "It saves 12M parameters less than 25% of them.", sizes: ["- 12000000"]),
        Case(abstract: "It is better with 12M less parameters.", sizes: []),
    ])
    func `finds parameter counts`(example: Case) {
        let records = Extractor().extract(title: "", abstract: example.abstract)
        let found = records.modelSizes.map { size in
            let sign = size.bound == .below ? "<" : size.bound == .about ? "~" : ""
            let high = size.parametersHigh.map { "-\($0)" } ?? ""
            return "\(size.model ?? "-") \(sign)\(size.parameters)\(high)"
        }
        #expect(found == example.sizes)
    }

    @Test func `a size in the title counts once`() {
        let records = Extractor().extract(title: "Fox-7B: a model", abstract: "We present Fox-7B.")
        #expect(records.modelSizes.map(\.parameters) == [7_000_000_000])
    }

    @Test func `a size that does not fit is left out`() {
        let abstract = "It has 99999999999999999999B parameters and 5000000000000000T parameters."
        #expect(Extractor().extract(title: "", abstract: abstract).modelSizes.isEmpty)
    }
}
