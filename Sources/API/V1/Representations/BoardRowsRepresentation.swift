package import Formats
internal import Glibc
package import Registry

extension BoardRowsPage {
    /// Writes the same as ``Registry/BoardPage/write(to:next:nextUnranked:)``, the entries from the database's bytes.
    ///
    /// - Parameters:
    ///   - json: takes it.
    ///   - next: how to get the part after this one.
    ///   - nextUnranked: how to get the next lines without a rank.
    package func write(to json: inout JSONWriter, next: String?, nextUnranked: String?) {
        json.object { json in
            json.member("benchmark", benchmark)
            json.member("benchmark_status", benchmark.status ?? .active)
            json.member("board", board)
            json.name("entries")
            json.beginArray()
            if let rows {
                for row in 0..<rows.count { rows.write(row, to: &json) }
            }
            json.endArray()
            json.member("unranked", unranked)
            json.member("boards", boards)
            json.member("next", next)
            json.member("next_unranked", nextUnranked)
            json.member("snapshot", snapshot)
        }
    }
}

extension BoardRows {
    /// Writes an entry as ``Registry/BoardEntry`` is written.
    fileprivate func write(_ line: Int, to json: inout JSONWriter) {
        let shown = shown(line)
        let parameters = parameters(line)
        let status = status(line)
        let capacity = EntryComposer.fixedBytes + shown.count + (parameters?.count ?? 0) + status.count
        withUnsafeTemporaryAllocation(byteCount: capacity, alignment: 1) { memory in
            var entry = EntryComposer(memory, values: shown)
            entry.append("{\"rank\":")
            entry.append(decimal: ranks[line])
            entry.appendValue(named: ",\"claim_id\":")
            entry.appendValue(named: ",\"value\":")
            entry.appendValue(named: ",\"value_high\":")
            entry.appendValue(named: ",\"bound\":")
            entry.appendValue(named: ",\"aggregate\":")
            entry.appendModel()
            entry.appendValue(named: ",\"subject\":")
            entry.append(",\"parameters\":")
            if let parameters { entry.append(parameters) } else { entry.append("null") }
            entry.appendValue(named: ",\"paper\":{\"id\":")
            entry.appendValue(named: ",\"title\":")
            entry.appendValue(named: ",\"published\":")
            entry.appendValue(named: ",\"url\":")
            entry.appendValue(named: "},\"code_links\":")
            entry.appendValue(named: ",\"evidence\":")
            entry.appendValue(named: ",\"evidence_in\":")
            entry.appendValue(named: ",\"evidence_start\":")
            entry.appendValue(named: ",\"evidence_end\":")
            entry.appendConfidence()
            entry.append(",\"status\":\"")
            entry.append(status)
            entry.append("\"}")
            json.value(json: entry.written)
        }
    }
}

/// Puts an entry together from fixed pieces and the values of `BoardRows.shown`, in memory that is large enough for it.
private struct EntryComposer {
    /// More than all fixed pieces and a place take up together.
    static let fixedBytes = 400

    private let memory: UnsafeMutableRawBufferPointer
    private var count = 0
    private var values: UnsafeRawBufferPointer

    init(_ memory: UnsafeMutableRawBufferPointer, values: UnsafeRawBufferPointer) {
        self.memory = memory
        self.values = values
    }

    var written: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory[..<count]) }

    @inline(__always)
    mutating func append(_ piece: StaticString) {
        // SAFETY: the storage of an ASCII static string lives as long as the program.
        append(UnsafeRawBufferPointer(start: piece.utf8Start, count: piece.utf8CodeUnitCount))
    }

    @inline(__always)
    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        precondition(bytes.count <= memory.count - count, "the memory is too small for the entry")
        guard let start = memory.baseAddress, let source = bytes.baseAddress else { return }
        // SAFETY: there is room for the bytes, and they lie elsewhere: in the result, or in the program.
        (start + count).copyMemory(from: source, byteCount: bytes.count)
        count += bytes.count
    }

    /// A number that is not negative.
    mutating func append(decimal number: Int) {
        var rest = number
        var start = count
        repeat {
            memory[count] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
            count += 1
        } while rest > 0
        var end = count - 1
        while start < end {
            memory.swapAt(start, end)
            start += 1
            end -= 1
        }
    }

    /// A fixed piece, and the next value.
    mutating func appendValue(named name: StaticString) {
        append(name)
        append(nextValue())
    }

    /// Two values: an object, or `null` where they are.
    mutating func appendModel() {
        let (slug, name) = (nextValue(), nextValue())
        append(",\"model\":")
        guard slug.first == UInt8(ascii: "\"") else { return append("null") }
        append("{\"slug\":")
        append(slug)
        append(",\"name\":")
        append(name)
        append("}")
    }

    /// PostgreSQL prints a whole `double precision` without a point, and others as Swift does.
    mutating func appendConfidence() {
        append(",\"confidence\":")
        let value = nextValue()
        append(value)
        if value.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) { append(".0") }
    }

    private mutating func nextValue() -> UnsafeRawBufferPointer {
        guard let start = values.baseAddress else { return values }
        // SAFETY: memchr looks at no more than the values' bytes, and what it finds is one of them.
        let end = memchr(start, Int32(UInt8(ascii: "\t")), values.count).map { UnsafeRawPointer($0) - start }
        defer { values = UnsafeRawBufferPointer(rebasing: values[(end.map { $0 + 1 } ?? values.count)...]) }
        return UnsafeRawBufferPointer(rebasing: values[..<(end ?? values.count)])
    }
}
