import Claims

/// What becomes of a paper's records of one kind when it is read anew.
struct RecordPlan<Reading: CorrectableReading>: Sendable {
    /// New records, and stored ones in their new form.
    var written: [RecordRow<Reading>] = []
    /// Stored ones that stay as they are.
    var kept: [RecordRow<Reading>] = []
    /// Stored ones that the reading no longer finds.
    var retired: [RecordRow<Reading>] = []

    /// How many active records the paper has then.
    var activeCount: Int { written.count { $0.status == .active } + kept.count { $0.status == .active } }

    /// Records that are to be written as they are.
    init(written: [RecordRow<Reading>]) {
        self.written = written
    }

    /// Finds stored records again in a new reading of their paper.
    ///
    /// A record with fields that people have set is looked for as it was read, and then as it stands: else what was
    /// corrected would come back beside its correction.
    /// Each stored record goes with at most one found one: the keys are tried from the strictest on, and within one key
    /// the records go together in their order. Retired records that are found again come back; what a person has
    /// touched is never retired, and the fields set by hand stay as they are.
    init(stored: [RecordRow<Reading>], found: [RecordRow<Reading>]) {
        var partner = [Int?](repeating: nil, count: found.count)
        var isTaken = [Bool](repeating: false, count: stored.count)
        let foundKeys = found.map { $0.reading.matchKeys($0.names) }
        let keysRead = stored.map { $0.asRead.matchKeys($0.names) }
        let hasCorrected = stored.contains { !$0.fieldsSet.isEmpty }
        let keysNow = hasCorrected ? stored.map { $0.reading.matchKeys($0.names) } : []
        for storedKeys in hasCorrected ? [keysRead, keysNow] : [keysRead] {
            for level in 0..<(foundKeys.first?.count ?? 0) where !stored.isEmpty {
                var free: [[String]: [Int]] = [:]
                for position in stored.indices.reversed() where !isTaken[position] {
                    free[storedKeys[position][level], default: []].append(position)
                }
                for position in found.indices where partner[position] == nil {
                    guard let match = free[foundKeys[position][level]]?.popLast() else { continue }
                    partner[position] = match
                    isTaken[match] = true
                }
            }
        }
        for (row, match) in zip(found, partner) {
            guard let match else {
                written.append(row)
                continue
            }
            let old = stored[match]
            var new = row
            new.reading.keep(old.fieldsSet, of: old.reading)
            new.names = Self.names(of: new, keeping: old)
            new.id = old.id
            new.setBy = old.setBy
            new.fieldsSet = old.fieldsSet
            new.createdAt = old.createdAt
            new.status = old.status == .retired && !old.fieldsSet.contains("status") ? .active : old.status
            let isSame = new.reading == old.reading && new.names == old.names && new.status == old.status
            if isSame { kept.append(old) } else { written.append(new) }
        }
        for (row, isTaken) in zip(stored, isTaken) where !isTaken {
            if row.status == .active && row.fieldsSet.isEmpty { retired.append(row) } else { kept.append(row) }
        }
    }

    private static func names(of new: RecordRow<Reading>, keeping old: RecordRow<Reading>) -> ReadingNames {
        var names = new.names
        let targetFields: Set = ["subject", "model", "name", "model_id", "benchmark", "benchmark_id"]
        if !old.fieldsSet.isDisjoint(with: targetFields) { names.target = old.names.target }
        if !old.fieldsSet.isDisjoint(with: ["metric", "metric_id"]) { names.metric = old.names.metric }
        if old.fieldsSet.contains("benchmarks") { names.benchmarks = old.names.benchmarks }
        return names
    }
}
