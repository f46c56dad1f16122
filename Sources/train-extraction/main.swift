import Extraction
import Foundation

// train-extraction names PAPERS.jsonl GOLD.jsonl [--no-gazetteer] [--cross-validate] > name-weights.tsv
let arguments = Array(CommandLine.arguments.dropFirst())
let files = arguments.filter { !$0.hasPrefix("--") }
let corpus = try NameCorpus(papers: files[1], gold: files[2], knowsNames: !arguments.contains("--no-gazetteer"))
if arguments.contains("--cross-validate") {
    NameCrossValidation.run(corpus, listsMisses: arguments.contains("--misses"))
} else {
    print(NameTraining(corpus.papers).text, terminator: "")
}
