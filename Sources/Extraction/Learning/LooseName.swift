/// How names are compared with annotated ones: without case, marks and words that say only that something is a data set
/// or metric, as the scorer of the corpora does.
enum LooseName {
    private static let noise: Set<String> = [
        "the", "our", "dataset", "datasets", "data", "benchmark", "benchmarks", "task", "tasks", "leaderboard",
        "leaderboards",
        "challenge", "challenges", "environment", "environments", "score", "scores", "metric", "metrics",
    ]

    private static let equals: [String: String] = [
        "acc": "accuracy", "f1score": "f1", "wordrate": "wer", "worderrorrate": "wer",
        "frechetinceptiondistance": "fid",
        "meanaverageprecision": "map", "inferencespeed": "speed", "speedup": "speed", "latency": "latency",
    ]

    /// A name's key.
    static func key(of name: String) -> String {
        let words = name.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "+" }
        let kept = words.filter { !noise.contains(String($0)) }
        return (kept.isEmpty ? words : kept).map { $0.filter { $0.isASCII } }.joined()
    }

    /// A metric's key.
    static func metricKey(of name: String) -> String {
        let key = key(of: name)
        return equals[key] ?? key
    }
}
