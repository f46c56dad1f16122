import Claims
import Extraction
import Foundation

// train-extraction names PAPERS.jsonl GOLD.jsonl [OTHERS.jsonl GOLD.jsonl] [--no-gazetteer | --hide-names] [--cross-validate [--misses]]
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
    let hiddenPercent = options.contains("--no-gazetteer") ? 100 : options.contains("--hide-names") ? 40 : 0
    if files.count == 2 {
        // Each paper several times with a part of the known names hidden: so the model learns to do without them.
        let papers = try NameCorpus.allRounds(papers: files[0], gold: files[1])
        if options.contains("--cross-validate") {
            // A round of its own: names that are known while learning may be hidden now.
            let tested = try NameCorpus(papers: files[0], gold: files[1], hiddenPercent: hiddenPercent, round: 9)
            NameCrossValidation.run(tested, learning: papers, listsMisses: options.contains("--misses"))
        } else {
            print(NameTraining(papers).text, terminator: "")
        }
    } else {
        // How the candidates of other papers come out, and why.
        let model = NameTraining(try NameCorpus(papers: files[0], gold: files[1], hiddenPercent: hiddenPercent).papers)
        let others = try NameCorpus(papers: files[2], gold: files[3], hiddenPercent: hiddenPercent)
        for paper in others.papers {
            for candidate in paper.candidates { print(paper.id, model.explanation(of: candidate), separator: "\t") }
        }
    }
}

func trainNumbers(_ files: [String], _ options: [String]) throws {
    let corpus = try AnnotatedCorpus(
        files: files,
        usesGoldNames: options.contains("--gold-names"),
        written: try writtenFiles(options)
    )
    if options.contains("--cross-validate") {
        CrossValidation.run(corpus, showsNumbers: options.contains("--unreachable"))
    } else if options.contains("--predict") {
        try CrossValidation.predict(corpus)
    } else if options.contains("--apply") {
        try CrossValidation.print(corpus, nil) { _ in true }
    } else if options.contains("--hold-out") {
        try CrossValidation.predictLast(corpus, names: namePapers(files.dropLast(2)))
    } else {
        let names = try namePapers(files[...])
        print(Training.trainAll(corpus, names: names, parts: CrossValidation.parts).text, terminator: "")
    }
}

/// The pairs of files in the folders of `--written=FOLDER`, in the order of their names.
func writtenFiles(_ options: [String]) throws -> [String] {
    try options.filter { $0.hasPrefix("--written=") }.flatMap { option in
        let folder = String(option.dropFirst("--written=".count))
        return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            .filter { $0.hasSuffix(".papers.jsonl") }
            .flatMap { ["\(folder)/\($0)", "\(folder)/" + $0.replacing(".papers.jsonl", with: ".gold.jsonl")] }
    }
}

/// The papers of pairs of files as names are learned from them.
func namePapers(_ files: ArraySlice<String>) throws -> [NameCorpus.Paper] {
    try stride(from: files.startIndex, to: files.endIndex - 1, by: 2).flatMap { pair in
        try NameCorpus.allRounds(papers: files[pair], gold: files[pair + 1])
    }
}
