import Extraction
import Foundation

// train-extraction names PAPERS.jsonl GOLD.jsonl [--no-gazetteer] [--cross-validate] > name-weights.tsv
// train-extraction choices PAPERS.jsonl GOLD.jsonl [--gold-names] [--cross-validate] > weights.tsv
//
// Learns the weights of the extractor's choices from annotated papers. Deterministic: the same files give the same
// weights. Figures go to standard error.

let arguments = Array(CommandLine.arguments.dropFirst())
let files = arguments.filter { !$0.hasPrefix("--") }
guard files.count == 3, ["names", "choices"].contains(files[0]) else {
    FileHandle.standardError.write(Data("usage: train-extraction names|choices PAPERS.jsonl GOLD.jsonl [OPTION]\n".utf8))
    exit(2)
}
if files[0] == "names" {
    let corpus = try NameCorpus(
        papers: files[1],
        gold: files[2],
        knowsNames: !arguments.contains("--no-gazetteer")
    )
    if arguments.contains("--cross-validate") {
        NameCrossValidation.run(corpus)
    } else {
        print(NameTraining(corpus.papers).text, terminator: "")
    }
} else {
    let corpus = try AnnotatedCorpus(
        papers: files[1],
        gold: files[2],
        usesGoldNames: arguments.contains("--gold-names")
    )
    if arguments.contains("--cross-validate") {
        CrossValidation.run(corpus)
    } else if arguments.contains("--predict") {
        try CrossValidation.predict(corpus)
    } else if arguments.contains("--apply") {
        try CrossValidation.print(corpus, nil) { _ in true }
    } else {
        print(Training.train(corpus.examples).text, terminator: "")
    }
}
