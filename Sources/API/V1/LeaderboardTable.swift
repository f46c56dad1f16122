import Claims
package import Formats
package import Registry

/// A part of a board as a table.
package enum LeaderboardTable {
    /// The columns of the CSV.
    ///
    /// Docs/csv.md explains each; new ones are only ever added at the end.
    static let columns = [
        "benchmark", "metric", "unit", "direction", "rank", "value", "bound", "aggregate", "model", "subject",
        "parameters", "published", "paper_id", "paper_title", "paper_url", "code_url", "evidence", "confidence",
        "claim_id", "status", "snapshot",
    ]

    /// The ranked entries as CSV.
    package static func csv(_ page: BoardPage, cells: CSVWriter.Cells) -> [UInt8] {
        var csv = CSVWriter(columns: columns, cells: cells)
        for entry in page.entries {
            csv.cell(page.benchmark.slug)
            csv.cell(page.board?.metric?.slug)
            csv.cell(page.board?.unit)
            csv.cell(page.board?.direction.rawValue)
            csv.cell(entry.rank)
            csv.cell(entry.value)
            csv.cell(entry.bound.rawValue)
            csv.cell(entry.aggregate?.rawValue)
            csv.cell(entry.model?.slug)
            csv.cell(entry.subject)
            csv.cell(entry.parameters.map(Int.init))
            csv.cell(entry.reportedByPaper.published?.description)
            csv.cell(Int(entry.reportedByPaper.id))
            csv.cell(entry.reportedByPaper.title)
            csv.cell(entry.reportedByPaper.url)
            csv.cell(entry.codeLinks.first)
            csv.cell(entry.evidence.text)
            csv.cell(entry.confidence.description)
            csv.cell(Int(entry.claimID))
            csv.cell(entry.status.rawValue)
            csv.cell(page.snapshot.description)
            csv.endRow()
        }
        return csv.takeBytes()
    }

    /// The ranked entries as a Markdown document.
    package static func markdown(_ page: BoardPage) -> String {
        var table = MarkdownTable(columns: [
            .init("#", .right), .init("Model"), .init("Value", .right), .init("Parameters", .right), .init("Paper"),
            .init("Published"), .init("Code"),
        ])
        for entry in page.entries {
            table.cell(entry.rank)
            table.cell(entry.model?.name ?? entry.subject)
            table.cell(entry.value)
            table.cell(entry.parameters.map(Int.init))
            if let url = entry.reportedByPaper.url {
                table.cell(entry.reportedByPaper.title, linkingTo: url)
            } else {
                table.cell(entry.reportedByPaper.title)
            }
            table.cell(entry.reportedByPaper.published?.description)
            if let code = entry.codeLinks.first {
                table.cell("code", linkingTo: code)
            } else {
                table.cell(nil as String?)
            }
            table.endRow()
        }
        return table.text
    }
}
