import Synchronization

/// Counts requests and how long they take, by route pattern, method and status.
///
/// Labels come from small fixed sets: a path or a method that a client makes up is counted as `unknown` or `other`.
package final class RequestMetrics: Sendable {
    private struct Key: Hashable {
        var route: String
        var method: String
        var status: Int
    }

    private struct Series {
        var count = 0
        var microseconds: Int64 = 0
        var buckets = [Int](repeating: 0, count: bounds.count)

        mutating func add(_ duration: Int64) {
            count += 1
            microseconds += duration
            if let bucket = bounds.firstIndex(where: { duration <= $0.microseconds }) { buckets[bucket] += 1 }
        }
    }

    private let series = Mutex<[Key: Series]>([:])

    /// Starts at zero.
    package init() {}

    /// Counts one answered request.
    ///
    /// - Parameters:
    ///   - route: the route's pattern.
    ///   - method: the request's method.
    ///   - status: the answer's status.
    ///   - duration: from the request's head to the answer's.
    func count(route: String, method: String, status: Int, took duration: Duration) {
        let key = Key(route: route, method: Self.methods.contains(method) ? method : "other", status: status)
        series.withLock { $0[key, default: Series()].add(duration.microseconds) }
    }

    /// All series in Prometheus's text format.
    ///
    /// https://prometheus.io/docs/instrumenting/exposition_formats/
    func exposition() -> String {
        let sorted = series.withLock { $0 }.sorted {
            ($0.key.route, $0.key.method, $0.key.status) < ($1.key.route, $1.key.method, $1.key.status)
        }
        var text = "# HELP claimboard_http_request_duration_seconds Time from a request's head to its answer's.\n"
        text += "# TYPE claimboard_http_request_duration_seconds histogram\n"
        for (key, series) in sorted {
            let labels = "route=\"\(key.route)\",method=\"\(key.method)\",status=\"\(key.status)\""
            let name = "claimboard_http_request_duration_seconds"
            var sum = 0
            for (bound, count) in zip(Self.bounds, series.buckets) {
                sum += count
                text += "\(name)_bucket{\(labels),le=\"\(bound.label)\"} \(sum)\n"
            }
            text += "\(name)_bucket{\(labels),le=\"+Inf\"} \(series.count)\n"
            text += "\(name)_sum{\(labels)} \(Double(series.microseconds) / 1_000_000)\n"
            text += "\(name)_count{\(labels)} \(series.count)\n"
        }
        return text
    }

    private static let methods: Set<String> = ["GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"]

    /// Half a millisecond, where a cached answer is, to five seconds, where a statement's time limit ends it.
    private static let bounds: [(microseconds: Int64, label: String)] = [
        (500, "0.0005"), (1_000, "0.001"), (2_500, "0.0025"), (5_000, "0.005"), (10_000, "0.01"), (25_000, "0.025"),
        (50_000, "0.05"), (100_000, "0.1"), (250_000, "0.25"), (1_000_000, "1"), (5_000_000, "5"),
    ]
}
