import Extraction
import Foundation

// train-extraction names PAPERS.jsonl GOLD.jsonl > name-weights.tsv
//     learns the weights of the model of names from annotated papers; deterministic
// train-extraction names PAPERS.jsonl GOLD.jsonl --cross-validate [--misses]
//     how it does on papers that it was not trained on, and what it misses
// train-extraction names PAPERS.jsonl GOLD.jsonl OTHER-PAPERS.jsonl OTHER-GOLD.jsonl
//     how the names of other papers come out, and why
// --no-gazetteer leaves out the list of known names.
let arguments = Array(CommandLine.arguments.dropFirst())
let files = arguments.filter { !$0.hasPrefix("--") }
let corpus = try NameCorpus(papers: files[1], gold: files[2], knowsNames: !arguments.contains("--no-gazetteer"))
if files.count == 5 {
    // names TRAIN.papers TRAIN.gold OTHER.papers OTHER.gold: how the candidates of other papers come out, and why.
    let model = NameTraining(corpus.papers)
    let others = try NameCorpus(papers: files[3], gold: files[4], knowsNames: !arguments.contains("--no-gazetteer"))
    for paper in others.papers {
        for candidate in paper.candidates { print(paper.id, model.explanation(of: candidate), separator: "\t") }
    }
} else if arguments.contains("--cross-validate") {
    NameCrossValidation.run(corpus, listsMisses: arguments.contains("--misses"))
} else {
    print(NameTraining(corpus.papers).text, terminator: "")
}
