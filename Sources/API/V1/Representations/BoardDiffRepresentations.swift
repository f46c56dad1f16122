import Formats
import Registry

extension BoardDiff {
    /// Writes what differs.
    func write(to json: inout JSONWriter, next: String?) {
        json.object { json in
            json.member("benchmark", benchmark)
            json.member("board", board)
            json.member("from", from)
            json.member("to", to)
            json.array("items", of: differences) { json, difference in
                json.member("change", difference.kind.rawValue)
                json.member("claim_id", difference.claimID)
                json.member("before", difference.before)
                json.member("after", difference.after)
            }
            json.member("next", next)
        }
    }
}

/// What differs between two boards as a table.
enum BoardDiffTable {
    /// The columns of the CSV.
    ///
    /// Docs/csv.md explains each; new ones are only ever added at the end.
    static let columns = [
        "benchmark", "metric", "unit", "change", "claim_id", "rank_before", "rank_after", "value_before", "value_after",
        "model", "subject", "paper_id", "paper_title", "snapshot_before", "snapshot_after",
    ]

    static func csv(_ diff: BoardDiff, cells: CSVWriter.Cells) -> [UInt8] {
        var csv = CSVWriter(columns: columns, cells: cells)
        for difference in diff.differences {
            let shown = difference.after ?? difference.before
            csv.cell(diff.benchmark.slug)
            csv.cell(diff.board?.metric?.slug)
            csv.cell(diff.board?.unit)
            csv.cell(difference.kind.rawValue)
            csv.cell(Int(difference.claimID))
            csv.cell(difference.before?.rank)
            csv.cell(difference.after?.rank)
            csv.cell(difference.before?.value)
            csv.cell(difference.after?.value)
            csv.cell(shown?.model?.slug)
            csv.cell(shown?.subject)
            csv.cell((shown?.reportedByPaper.id).map(Int.init))
            csv.cell(shown?.reportedByPaper.title)
            csv.cell(diff.from.description)
            csv.cell(diff.to.description)
            csv.endRow()
        }
        return csv.takeBytes()
    }
}
