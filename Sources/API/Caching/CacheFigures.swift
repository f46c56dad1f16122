/// How a cache has done, for /metrics.
struct CacheFigures: Sendable {
    /// Answers given from it.
    var hits = 0
    /// Answers that had to be made.
    var misses = 0
    /// Requests that waited for the answer to another's.
    var joined = 0
    /// Answers forgotten because a write had changed what they show.
    var forgotten = 0
    /// Answers forgotten for want of room.
    var evictions = 0
    /// 304 given without an answer at hand, from the benchmark's counter.
    var unchanged = 0
    var answers = 0
    var bytes = 0
    var capacity = 0
    var boards = 0
    /// Whether the database's notifications are heard.
    var isListening = false
}

extension CacheFigures {
    /// The figures in Prometheus's text format.
    var exposition: String {
        var text = ""
        func add(_ name: String, _ type: String, _ help: String, _ value: Int) {
            text += "# HELP claimboard_cache_\(name) \(help)\n# TYPE claimboard_cache_\(name) \(type)\n"
            text += "claimboard_cache_\(name) \(value)\n"
        }
        add("hits_total", "counter", "Answers given from the cache.", hits)
        add("misses_total", "counter", "Answers that had to be made.", misses)
        add("joined_total", "counter", "Requests that waited for the answer to the same one.", joined)
        add("unchanged_total", "counter", "304 given by the benchmark's counter alone.", unchanged)
        add("forgotten_total", "counter", "Answers forgotten because a write changed what they show.", forgotten)
        add("evictions_total", "counter", "Answers forgotten for want of room.", evictions)
        add("answers", "gauge", "Answers in the cache.", answers)
        add("bytes", "gauge", "Bytes that the answers take up.", bytes)
        add("capacity_bytes", "gauge", "The most bytes that they may take up.", capacity)
        add("boards", "gauge", "Benchmarks whose boards are known.", boards)
        add("listening", "gauge", "1 while the database's notifications are heard.", isListening ? 1 : 0)
        return text
    }
}
