import Claims
import Extraction
import Foundation

// train-extraction names PAPERS.jsonl GOLD.jsonl [OTHERS.jsonl GOLD.jsonl] [--no-gazetteer] [--cross-validate [--misses]]
//     > name-weights.tsv
// train-extraction numbers PAPERS.jsonl GOLD.jsonl [PAPERS.jsonl GOLD.jsonl]... [--gold-names]
//     [--cross-validate [--unreachable] | --predict | --hold-out | --apply] > weights.tsv
//
// Learns the weights of the extractor's choices from annotated papers. Deterministic: the same files give the same
// weights. Figures go to standard error.

let arguments = Array(CommandLine.arguments.dropFirst())
let files = arguments.filter { !$0.hasPrefix("--") }
switch files.first {
case "names" where files.count >= 3:
    try trainNames(Array(files.dropFirst()), arguments)
case "numbers" where files.count >= 3 && files.count % 2 == 1:
    try trainNumbers(Array(files.dropFirst()), arguments)
default:
    FileHandle.standardError.write(
        Data("usage: train-extraction names|numbers PAPERS.jsonl GOLD.jsonl [options]\n".utf8)
    )
    exit(2)
}

func trainNames(_ files: [String], _ options: [String]) throws {
    let knowsNames = !options.contains("--no-gazetteer")
    let corpus = try NameCorpus(papers: files[0], gold: files[1], knowsNames: knowsNames)
    if files.count == 4 {
        // How the candidates of other papers come out, and why.
        let model = NameTraining(corpus.papers)
        let others = try NameCorpus(papers: files[2], gold: files[3], knowsNames: knowsNames)
        for paper in others.papers {
            for candidate in paper.candidates { print(paper.id, model.explanation(of: candidate), separator: "\t") }
        }
    } else if options.contains("--cross-validate") {
        NameCrossValidation.run(corpus, listsMisses: options.contains("--misses"))
    } else {
        // Each paper twice, once without the gazetteer: so the model learns to do without it where it has gaps.
        let hidden = try NameCorpus(papers: files[0], gold: files[1], knowsNames: false)
        print(NameTraining(corpus.papers + hidden.papers).text, terminator: "")
    }
}

func trainNumbers(_ files: [String], _ options: [String]) throws {
    let corpus = try AnnotatedCorpus(files: files, usesGoldNames: options.contains("--gold-names"))
    if options.contains("--cross-validate") {
        CrossValidation.run(corpus, showsNumbers: options.contains("--unreachable"))
    } else if options.contains("--predict") {
        try CrossValidation.predict(corpus)
    } else if options.contains("--apply") {
        try CrossValidation.print(corpus, nil) { _ in true }
    } else if options.contains("--hold-out") {
        try CrossValidation.predictLast(corpus)
    } else {
        print(Training.trainAll(corpus, parts: CrossValidation.parts).text, terminator: "")
    }
}
