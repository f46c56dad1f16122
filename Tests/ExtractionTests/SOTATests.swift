import Claims
import Testing

@testable import Extraction

@Suite struct SOTATests {
    @Test(arguments: [
        "We propose Fox. Fox achieves a new state of the art in parsing.",
        "Our model sets new SOTA results.",
        "We show that our parser outperforms all previous methods.",
        "Our net surpasses existing state-of-the-art approaches by a wide margin.",
        "We improve the state of the art in parsing.",
        "Our approach reduces errors by 12% compared to existing methods.",
        "Compared with state-of-the-art trackers, our tracker improves recall.",
        "Our system ranks first in the contest.",
        "Our model achieves the best accuracy of all.",
    ])
    func `a system that is the best sets the state of the art`(abstract: String) {
        #expect(Extractor().extract(title: "", abstract: abstract).sotaClaims.map(\.strength) == [.sets])
    }

    @Test(arguments: [
        "Our model is on par with the state of the art.",
        "We reach results comparable to state-of-the-art methods.",
        "Our method matches or surpasses the state of the art.",
        "We obtain nearly state-of-the-art accuracy.",
        "Our small net rivals state-of-the-art detectors.",
    ])
    func `a system as good as the best matches it`(abstract: String) {
        #expect(Extractor().extract(title: "", abstract: abstract).sotaClaims.map(\.strength) == [.matches])
    }

    @Test(arguments: [
        "Transformers have achieved state-of-the-art results. We study why.",
        "State-of-the-art methods rely on labels. We do not.",
        "Our model outperforms BERT.",
        "We outperform existing baselines.",
        "We show that state-of-the-art models fail on long texts.",
        "Our work aims to achieve state-of-the-art results.",
        "We apply it to several state-of-the-art models.",
        "Our method brings significant improvements.",
        "We find that plain sampling gives the best accuracy.",
        "Despite the accuracy that we achieve, state-of-the-art encoders are slow.",
    ])
    func `background, aims and named baselines are no statements`(abstract: String) {
        #expect(Extractor().extract(title: "", abstract: abstract).sotaClaims.isEmpty)
    }

    @Test(arguments: [
        ("We test Fox on GSM8K. Fox outperforms existing methods.", ["GSM8K"]),
        ("We test Fox on GSM8K. It outperforms existing methods on long texts.", []),
        ("We test Fox on GSM8K. Moreover, it outperforms existing methods.", []),
        ("Fox reaches 51.2% on GSM8K. Our model outperforms existing methods.", []),
        ("We test Fox on GSM8K and on MBPP. Our model outperforms existing methods.", []),
        ("Our model outperforms existing methods on GSM8K and MBPP.", ["GSM8K", "MBPP"]),
    ])
    func `a statement goes on about the benchmark of a sentence that only sets the scene`(
        abstract: String,
        benchmarks: [String]
    ) {
        let claims = Extractor().extract(title: "", abstract: abstract).sotaClaims
        #expect(claims.map(\.benchmarks) == [benchmarks])
    }

    @Test func `one statement said twice in a sentence is one`() {
        let abstract = "Our parser achieves state-of-the-art results, outperforming existing methods by far."
        #expect(Extractor().extract(title: "", abstract: abstract).sotaClaims.count == 1)
    }

    @Test func `evidence is the clause as it stands`() throws {
        let abstract = "We present Fox; it outperforms existing state-of-\nthe-art parsers: a first."
        let claim = try #require(Extractor().extract(title: "", abstract: abstract).sotaClaims.first)
        #expect(claim.evidence.text == "it outperforms existing state-of-\nthe-art parsers")
    }
}
