import Claims
import Extraction

/// What one round over the corpus took.
struct Round {
    /// Seconds of the plain byte loop.
    var plainSeconds = 0.0
    /// Seconds of the extraction as its users call it.
    var seconds = 0.0
    /// Seconds of each ``Extractor/Stage``, from a pass of its own.
    var stageSeconds = [Double](repeating: 0, count: Extractor.Stage.allCases.count)
}

/// Reads a corpus again and again on one thread.
struct Measurement {
    let corpus: Corpus
    let extractor = Extractor()
    /// How often a round goes over the corpus.
    let passes: Int

    private var workspace = Workspace()
    /// Takes the plain loop's result, so that it is not left out.
    private var plainResult: UInt64 = 0

    init(corpus: Corpus, passes: Int) {
        self.corpus = corpus
        self.passes = passes
    }

    /// Runs the plain loop, the extraction and the staged extraction one after the other.
    mutating func run() -> Round {
        var round = Round()
        for _ in 0..<passes {
            round.plainSeconds += timed { $0.plain() }
            round.seconds += timed { $0.extract() }
            runStages(into: &round.stageSeconds)
        }
        return round
    }

    /// What is found in each paper.
    mutating func records() -> [ExtractedRecords] { corpus.texts.map { read($0) } }

    /// A hash over each byte in turn: what merely reading the text one byte after the other costs.
    private mutating func plain() {
        for text in corpus.texts {
            for byte in text.title { plainResult = (plainResult ^ UInt64(byte)) &* 0x100_0000_01B3 }
            for byte in text.abstract { plainResult = (plainResult ^ UInt64(byte)) &* 0x100_0000_01B3 }
        }
    }

    private mutating func extract() {
        for text in corpus.texts { plainResult ^= UInt64(read(text).claims.count) }
    }

    private mutating func read(_ text: Corpus.Text) -> ExtractedRecords {
        text.title.withUnsafeBufferPointer { title in
            text.abstract.withUnsafeBufferPointer { abstract in
                extractor.extract(title: title, abstract: abstract, workspace: &workspace)
            }
        }
    }

    private mutating func runStages(into seconds: inout [Double]) {
        for text in corpus.texts {
            text.title.withUnsafeBufferPointer { title in
                text.abstract.withUnsafeBufferPointer { abstract in
                    var last = processorSeconds()
                    let records = extractor.extract(title: title, abstract: abstract, workspace: &workspace) { stage in
                        let now = processorSeconds()
                        seconds[stage.rawValue] += now - last
                        last = now
                    }
                    plainResult ^= UInt64(records.claims.count)
                }
            }
        }
    }

    private mutating func timed(_ work: (inout Self) -> Void) -> Double {
        let start = processorSeconds()
        work(&self)
        return processorSeconds() - start
    }
}
