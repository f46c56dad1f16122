import Claims
import Registry

/// Scores over time: a point for each dated entry of a board, and a stair for the record.
///
/// An SVG in the page itself: no script, sharp at any size, in the colours of the page.
struct ProgressChart {
    private struct Point {
        var day: Double
        var value: Double
        var entry: BoardEntry
    }

    private let points: [Point]
    private let direction: MetricDirection
    private let days: ClosedRange<Double>
    private let values: ClosedRange<Double>

    private static let width = 720.0
    private static let height = 280.0
    private static let margin = (left: 56.0, right: 16.0, top: 16.0, bottom: 32.0)

    /// Takes the entries of a board.
    ///
    /// There is no chart of fewer than two dated entries.
    init?(_ entries: [BoardEntry], direction: MetricDirection) {
        // The picture needs no more than binary fractions; the figures themselves stand in the table.
        let points = entries.compactMap { entry -> Point? in
            guard let date = entry.reportedByPaper.published, let value = Double(entry.value.description) else {
                return nil
            }
            return Point(day: Self.day(date), value: value, entry: entry)
        }.sorted { $0.day < $1.day }
        guard points.count >= 2, let first = points.first, let last = points.last,
            let low = points.map(\.value).min(), let high = points.map(\.value).max()
        else { return nil }
        self.points = points
        self.direction = direction
        self.days = first.day...max(last.day, first.day + 1)
        let padding = max((high - low) * 0.08, abs(high) * 0.005, 1e-9)
        self.values = (low - padding)...(high + padding)
    }

    /// The picture.
    var svg: HTML {
        """
        <svg class="chart" viewBox="0 0 \(Self.number(Self.width)) \(Self.number(Self.height))" role="img" \
        aria-label="Scores over time">
        \(grid)<polyline class="record" points="\(stair)"/>
        \(points.map { point in
            HTML(
                """
                <circle cx="\(Self.number(x(point.day)))" cy="\(Self.number(y(point.value)))" r="4">\
                <title>\(label(of: point.entry))</title></circle>
                """
            )
        })</svg>
        """
    }

    private func label(of entry: BoardEntry) -> String {
        let system = entry.model?.name ?? entry.subject ?? "a system without a name"
        return "\(entry.value) · \(system) · \(entry.reportedByPaper.published?.description ?? "")"
    }

    /// The best so far, held until it is beaten.
    private var stair: String {
        var corners: [(Double, Double)] = []
        var best: Double?
        for point in points {
            if let best, direction == .higher ? point.value <= best : point.value >= best { continue }
            if let best { corners.append((point.day, best)) }
            corners.append((point.day, point.value))
            best = point.value
        }
        if let best { corners.append((days.upperBound, best)) }
        return corners.map { "\(Self.number(x($0.0))),\(Self.number(y($0.1)))" }.joined(separator: " ")
    }

    private var grid: HTML {
        let right = Self.width - Self.margin.right
        let rows = (0...4).map { step -> HTML in
            let value = values.lowerBound + (values.upperBound - values.lowerBound) * Double(step) / 4
            let level = Self.number(y(value))
            return """
                <line x1="\(Self.number(Self.margin.left))" x2="\(Self.number(right))" y1="\(level)" y2="\(level)"/>\
                <text x="\(Self.number(Self.margin.left - 8))" y="\(level)" class="value">\(tick(value))</text>

                """
        }
        let baseline = Self.number(Self.height - 8)
        let first = points.first?.entry.reportedByPaper.published?.description ?? ""
        let last = points.last?.entry.reportedByPaper.published?.description ?? ""
        return """
            \(rows)<text x="\(Self.number(Self.margin.left))" y="\(baseline)">\(first)</text>\
            <text x="\(Self.number(right))" y="\(baseline)" class="last">\(last)</text>

            """
    }

    private func x(_ day: Double) -> Double {
        let share = (day - days.lowerBound) / (days.upperBound - days.lowerBound)
        return Self.margin.left + share * (Self.width - Self.margin.left - Self.margin.right)
    }

    private func y(_ value: Double) -> Double {
        let share = (value - values.lowerBound) / (values.upperBound - values.lowerBound)
        return Self.height - Self.margin.bottom - share * (Self.height - Self.margin.top - Self.margin.bottom)
    }

    /// Days since the year 0, near enough for a picture: every month has 31.
    private static func day(_ date: PublicationDate) -> Double {
        Double(date.year * 372 + ((date.month ?? 1) - 1) * 31 + (date.day ?? 1))
    }

    /// A coordinate with one decimal.
    private static func number(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }

    /// A figure beside the grid, just exact enough to tell it from the next.
    private func tick(_ value: Double) -> String {
        let step = (values.upperBound - values.lowerBound) / 4
        let scale = step >= 10 ? 1.0 : step >= 1 ? 10.0 : step >= 0.1 ? 100.0 : 1000.0
        let text = "\((value * scale).rounded() / scale)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
