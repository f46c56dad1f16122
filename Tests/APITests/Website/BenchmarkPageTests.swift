import Claims
import Testing

@testable import Registry
@testable import Website

@Suite struct BenchmarkPageTests {
    @Test func `The board of the numbers that name no metric has an address of its own`() {
        let benchmark = BenchmarkReference(id: 1, slug: "gsm8k", name: "GSM8K")
        let accuracy = MetricReference(
            id: 1,
            slug: "accuracy",
            name: "accuracy",
            direction: .higher,
            isDirectionAssumed: false
        )
        let boards = [accuracy, nil].enumerated().map { index, metric in
            Board(
                id: Int64(index),
                metric: metric,
                unit: "percent",
                direction: .higher,
                isDirectionAssumed: false,
                entryCount: 3,
                logPosition: 1,
                hasUnranked: false
            )
        }
        let card = BenchmarkCard(
            benchmark: benchmark,
            aliases: [],
            claimCount: 6,
            paperCount: 2,
            counts: [],
            introducedBy: [],
            boards: boards,
            logPosition: 1,
            revision: 1,
            isRedirect: false
        )
        let board = BoardPage(
            benchmark: benchmark,
            board: boards[0],
            boards: boards,
            entries: [],
            unranked: [],
            logPosition: 1
        )
        let markup = BenchmarkPage(card: card, board: board, statements: []).content.markup
        for metric in ["accuracy", "none"] {
            #expect(markup.contains("\"/benchmarks/gsm8k?metric=\(metric)&amp;unit=percent\""))
        }
    }
}
