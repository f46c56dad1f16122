package import Formats
package import Registry

extension BoardPage {
    /// Writes a part of a board with all that belongs to it.
    ///
    /// - Parameters:
    ///   - json: takes it.
    ///   - next: how to get the part after this one: over HTTP an address, else the cursor.
    ///   - nextUnranked: how to get the next lines without a rank.
    package func write(to json: inout JSONWriter, next: String?, nextUnranked: String?) {
        json.object { json in
            json.member("benchmark", benchmark)
            json.member("benchmark_status", benchmark.status ?? .active)
            json.member("board", board)
            json.member("entries", entries)
            json.member("unranked", unranked)
            json.member("boards", boards)
            json.member("next", next)
            json.member("next_unranked", nextUnranked)
            json.member("snapshot", snapshot)
        }
    }
}

extension SOTAReport: JSONValue {
    /// Writes the best of each board, and what papers say of themselves.
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("benchmark", benchmark)
            json.member("benchmark_status", benchmark.status ?? .active)
            json.member("best", best)
            json.member("statements", statements)
            json.member("snapshot", snapshot)
        }
    }
}
