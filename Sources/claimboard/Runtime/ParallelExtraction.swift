import Claims
import Extraction

extension Extractor {
    /// Reads many papers on all cores.
    ///
    /// - Returns: the records of each paper, in the papers' order.
    func extract(_ papers: [Paper]) async -> [ExtractedRecords] {
        let count = max(1, min(Self.cores, papers.count / Self.leastSlice))
        guard count > 1 else { return read(papers[...]) }
        let size = (papers.count + count - 1) / count
        return await withTaskGroup(of: (Int, [ExtractedRecords]).self) { group in
            for (index, start) in stride(from: 0, to: papers.count, by: size).enumerated() {
                group.addTask { (index, read(papers[start..<min(papers.count, start + size)])) }
            }
            var slices = [[ExtractedRecords]](repeating: [], count: count)
            for await (index, records) in group { slices[index] = records }
            return slices.flatMap { $0 }
        }
    }

    /// Fewer papers than these are not worth a task of their own: they take less than a millisecond.
    private static let leastSlice = 8

    private func read(_ papers: ArraySlice<Paper>) -> [ExtractedRecords] {
        var workspace = Workspace()
        return papers.map { extract(title: $0.title, abstract: $0.abstract, workspace: &workspace) }
    }
}
