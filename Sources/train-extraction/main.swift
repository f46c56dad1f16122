import Claims
import Extraction
import Foundation

// train-extraction PAPERS.jsonl GOLD.jsonl [--gold-names] > weights.tsv
//
// Learns the weights of the extractor's choices from annotated papers. Deterministic: the same files give the same
// weights. Figures go to standard error.

let arguments = CommandLine.arguments.dropFirst()
let files = arguments.filter { !$0.hasPrefix("--") }
guard files.count == 2, let papersFile = files.first, let goldFile = files.last else {
    FileHandle.standardError.write(Data("usage: train-extraction PAPERS.jsonl GOLD.jsonl [--gold-names]\n".utf8))
    exit(2)
}
let corpus = try AnnotatedCorpus(papers: papersFile, gold: goldFile, usesGoldNames: arguments.contains("--gold-names"))
if arguments.contains("--cross-validate") {
    CrossValidation.run(corpus, showsNumbers: arguments.contains("--unreachable"))
} else if arguments.contains("--predict") {
    try CrossValidation.predict(corpus)
} else if arguments.contains("--apply") {
    try CrossValidation.print(corpus, nil) { _ in true }
} else {
    let weights = Training.train(corpus.examples)
    print(weights.text, terminator: "")
}
