import Claims

/// Which way is better on a board, and how sure that is.
struct BoardDirection: Sendable, Hashable {
    var direction: MetricDirection
    var isAssumed: Bool

    /// Decides by the metric, unless the unit says otherwise: a "speed of 52 ms" is a time, and "latency of 40 fps" a rate.
    ///
    /// - Parameters:
    ///   - metric: the metric's direction and whether it is a guess; `nil` where there is no metric.
    ///   - unit: the unit in a claim's words.
    init(metric: BoardDirection?, unit: String) {
        let byUnit: MetricDirection? =
            if Self.durations.contains(unit) {
                .lower
            } else if unit.hasSuffix("/s") || unit == "fps" {
                .higher
            } else {
                nil
            }
        switch (metric, byUnit) {
        case (let metric?, nil): self = metric
        case (let metric?, let direction?) where metric.direction == direction: self = metric
        case (_, let direction?): self.init(direction: direction, isAssumed: true)
        case (nil, nil): self.init(direction: MetricCatalogue.direction(ofUnit: unit), isAssumed: true)
        }
    }

    /// Makes a direction.
    init(direction: MetricDirection, isAssumed: Bool) {
        self.direction = direction
        self.isAssumed = isAssumed
    }

    private static let durations: Set<String> = [
        "ns", "us", "ms", "s", "second", "minute", "hour", "day", "week", "GPU-hour", "GPU-day",
    ]
}
