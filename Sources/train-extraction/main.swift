import Claims
import Extraction
import Foundation

// train-extraction names PAPERS.jsonl GOLD.jsonl [--no-gazetteer] [--cross-validate] > name-weights.tsv
// train-extraction numbers PAPERS.jsonl GOLD.jsonl [--gold-names] [--cross-validate | --predict | --apply] > weights.tsv
//
// Learns the weights of the extractor's choices from annotated papers. Deterministic: the same files give the same
// weights. Figures go to standard error.

let arguments = Array(CommandLine.arguments.dropFirst())
let files = arguments.filter { !$0.hasPrefix("--") }
switch (files.first, files.count) {
case ("names", 5):
    // names TRAIN.papers TRAIN.gold OTHER.papers OTHER.gold: how the candidates of other papers come out, and why.
    let knowsNames = !arguments.contains("--no-gazetteer")
    let model = NameTraining(try NameCorpus(papers: files[1], gold: files[2], knowsNames: knowsNames).papers)
    let others = try NameCorpus(papers: files[3], gold: files[4], knowsNames: knowsNames)
    for paper in others.papers {
        for candidate in paper.candidates { print(paper.id, model.explanation(of: candidate), separator: "\t") }
    }
case ("names", 3):
    let corpus = try NameCorpus(papers: files[1], gold: files[2], knowsNames: !arguments.contains("--no-gazetteer"))
    if arguments.contains("--cross-validate") {
        NameCrossValidation.run(corpus, listsMisses: arguments.contains("--misses"))
    } else {
        print(NameTraining(corpus.papers).text, terminator: "")
    }
case ("numbers", 3):
    let corpus = try AnnotatedCorpus(papers: files[1], gold: files[2], usesGoldNames: arguments.contains("--gold-names"))
    if arguments.contains("--cross-validate") {
        CrossValidation.run(corpus, showsNumbers: arguments.contains("--unreachable"))
    } else if arguments.contains("--predict") {
        try CrossValidation.predict(corpus)
    } else if arguments.contains("--apply") {
        try CrossValidation.print(corpus, nil) { _ in true }
    } else {
        print(Training.train(corpus.examples).text, terminator: "")
    }
default:
    FileHandle.standardError.write(Data("usage: train-extraction names|numbers PAPERS.jsonl GOLD.jsonl [options]\n".utf8))
    exit(2)
}
