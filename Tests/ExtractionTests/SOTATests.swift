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
        "A parser is trained. Then it is tested. The method sets the state of the art in parsing.",
        "We propose Fox. Existing parsers are outperformed at every length.",
        "We propose Fox. State-of-the-art accuracy is obtained with half of the labels.",
        "We propose Fox, which is state of the art in parsing.",
        "Our error is 3.1, which is the lowest reported so far.",
        "Our parser exceeds the best results published to date.",
        "Our parser is better than any earlier parser.",
        "Our parser outperforms every greedy parser published.",
        "We obtain an F1 4.1 points over the previous best system.",
        "Our parser is the most accurate among those without labels.",
        "We improve recall (of rare words; of names) by 3 points compared to existing methods.",
        "Our scorer reaches a large improvement from 56.7, the score of the previous best system.",
        "Our parser sets a new benchmark for speed.",
        "Our parser outshines previous methods.",
        "Our parser tops the leaderboard of the contest.",
        "Our system currently holds the top position in the ranking.",
        "Our parser performs favorably against state-of-the-art parsers.",
        "Our parser raises the state of the art by 2 points.",
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
        "Our parser equals the state of the art.",
        "Our parser equals, but does not surpass, the state of the art.",
        "Our parser delivers SOTA or near-SOTA accuracy.",
        "Our tagger is comparable to the best systems.",
        "The best published results are matched by our parser.",
        "Our parser reaches an accuracy approaching state-of-the-art parsers.",
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
        "We study parsers. There are networks that achieve state-of-the-art results.",
        "We study parsers. Although deep nets reach state-of-the-art results, they are slow.",
        "Our parser is not better than existing methods.",
        "Our task is hard even for state-of-the-art models.",
        "Our parser matches the best baseline.",
        "We show that the best models to date fail.",
        "There is no state of the art that we could compare with.",
        "Our parser surpasses leading parsers.",
        "Our parser outperforms several strong baselines.",
        "We evaluate state-of-the-art parsers on long texts.",
        "Even state-of-the-art parsers reach only 41% in our test.",
    ])
    func `background, aims and named baselines are no statements`(abstract: String) {
        #expect(Extractor().extract(title: "", abstract: abstract).sotaClaims.isEmpty)
    }

    @Test(arguments: [
        ("We test Fox on GSM8K. Fox outperforms existing methods.", ["GSM8K"]),
        ("We test Fox on GSM8K. It outperforms existing methods on long texts.", []),
        ("We test Fox on GSM8K. Moreover, it outperforms existing methods.", []),
        ("Fox reaches 51.2% on GSM8K. Our model outperforms existing methods.", []),
        ("We test Fox on GSM8K and on MBPP. Our model outperforms existing methods.", ["GSM8K", "MBPP"]),
        ("We take GSM8K and MBPP. Our model outperforms existing methods.", []),
        ("We test Fox on GSM8K and MBPP. For long texts it outperforms existing methods.", []),
        ("Fox reaches 51.2% on GSM8K. This exceeds the state of the art.", ["GSM8K"]),
        ("Fox reaches 51.2% on GSM8K and 70.1% on MBPP. On the latter it outperforms existing methods.", ["MBPP"]),
        (
            "Fox is at 51.2% on GSM8K and 70.1% on MBPP. It outperforms existing methods on both datasets.",
            ["GSM8K", "MBPP"]
        ),
        ("Fox is at 51.2% on GSM8K and 70.1% on MBPP. It outperforms existing methods on the three datasets.", []),
        ("Our model outperforms existing methods on GSM8K and MBPP.", ["GSM8K", "MBPP"]),
    ])
    func `a statement goes on about the benchmark of a sentence that only sets the scene`(
        abstract: String,
        benchmarks: [String]
    ) {
        let claims = Extractor().extract(title: "", abstract: abstract).sotaClaims
        #expect(claims.map(\.benchmarks) == [benchmarks])
    }

    @Test(arguments: [
        ("Our model retains 93% on GSM8K, and outperforms existing methods on MBPP.", [["MBPP"]]),
        ("On GSM8K and MBPP, our model outperforms existing methods by 3%.", [["GSM8K", "MBPP"]]),
        ("On GSM8K, our model outperforms existing methods, and on MBPP it is at 70.1%.", [["GSM8K"]]),
        ("Our model outperforms existing methods on GSM8K, and obtains 70.1% on MBPP.", [["GSM8K"]]),
        ("Our model outperforms existing methods, reaching 51.2% on GSM8K and 70.1% on MBPP.", [["GSM8K", "MBPP"]]),
        (
            "Our model outperforms existing methods on GSM8K, and is competitive with it on MBPP.",
            [["GSM8K"], ["MBPP"]]
        ),
        (
            "Our model outperforms existing methods on GSM8K and reaches state-of-the-art results on MBPP.",
            [["GSM8K"], ["MBPP"]]
        ),
        ("Our model, trained on GSM8K, outperforms existing methods on MBPP.", [["MBPP"]]),
        ("Our model gains 8 points on GSM8K and on MBPP we outperform the state of the art.", [["MBPP"]]),
    ])
    func `a statement is about the benchmarks of its own predicate`(abstract: String, benchmarks: [[String]]) {
        let claims = Extractor().extract(title: "", abstract: abstract).sotaClaims
        #expect(claims.map(\.benchmarks) == benchmarks)
    }

    @Test func `a statement about nothing by name is made once`() {
        let abstract = "Our parser outperforms existing methods. We outperform prior work by far."
        #expect(Extractor().extract(title: "", abstract: abstract).sotaClaims.count == 1)
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
