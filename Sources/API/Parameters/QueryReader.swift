import Claims
import Formats
import Hummingbird

/// Reads the parameters of a request one by one, and reports all that is wrong with them at once: bad values, unknown
/// names, names given twice.
///
/// A handler's query type asks for each parameter that it knows and then calls ``finish()``.
struct QueryReader {
    private var pending: [(name: String, value: String)]
    private var parts: [Problem.Part] = []

    /// Takes a request's query apart.
    ///
    /// - Throws: `malformed-request` where it is not well-formed.
    init(_ request: Request) throws(Problem) {
        var pending: [(name: String, value: String)] = []
        for pair in (request.uri.query ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decode(parts[0], plusIsSpace: true),
                let value = PercentEncoding.decode(parts.count > 1 ? parts[1] : "", plusIsSpace: true)
            else {
                throw Problem(.malformedRequest, "The query is not percent-encoded UTF-8 without NUL characters.")
            }
            pending.append((name, value))
        }
        self.pending = pending
    }

    /// Ends the reading.
    ///
    /// - Throws: `invalid-parameters` with one entry for each parameter that is wrong, unknown or given twice.
    func finish() throws(Problem) {
        var parts = parts
        for (name, _) in pending {
            parts.append(Problem.Part(place: .parameter(name), detail: "There is no such parameter here."))
        }
        guard parts.isEmpty else { throw Problem(.invalidParameters, parts: parts) }
    }

    /// Adds a finding of the handler's own.
    mutating func refuse(_ name: String, _ detail: String) {
        parts.append(Problem.Part(place: .parameter(name), detail: detail))
    }
}

extension QueryReader {
    /// A text of 1 to `maximumLength` Unicode scalars.
    mutating func text(_ name: String, maximumLength: Int = 200) -> String? {
        guard let value = take(name) else { return nil }
        guard !value.isEmpty, value.unicodeScalars.count <= maximumLength else {
            refuse(name, "Must have 1 to \(maximumLength) characters.")
            return nil
        }
        return value
    }

    /// A whole number in a range, in plain decimal digits.
    mutating func integer(_ name: String, in range: ClosedRange<Int>) -> Int? {
        guard let value = take(name) else { return nil }
        guard let number = Self.number(value), range.contains(number) else {
            refuse(name, "Must be a whole number from \(range.lowerBound) to \(range.upperBound).")
            return nil
        }
        return number
    }

    /// A number from 0 to 1, written as in JSON.
    mutating func fraction(_ name: String) -> Double? {
        guard let value = take(name) else { return nil }
        guard value.utf8.allSatisfy({ (48...57).contains($0) || "+-.eE".utf8.contains($0) }),
            let number = Double(value), (0...1).contains(number)
        else {
            refuse(name, "Must be a number from 0 to 1.")
            return nil
        }
        return number
    }

    /// `true` or `false`.
    mutating func boolean(_ name: String) -> Bool? {
        guard let value = take(name) else { return nil }
        switch value {
        case "true": return true
        case "false": return false
        default:
            refuse(name, "Must be true or false.")
            return nil
        }
    }

    /// One of a closed set of words.
    mutating func choice<Word>(_ name: String, of _: Word.Type = Word.self) -> Word?
    where Word: RawRepresentable<String> & CaseIterable {
        guard let value = take(name) else { return nil }
        guard let word = Word(rawValue: value) else {
            refuse(name, "Must be one of \(Word.allCases.map(\.rawValue).joined(separator: ", ")).")
            return nil
        }
        return word
    }

    /// A date: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    mutating func date(_ name: String) -> PublicationDate? {
        guard let value = take(name) else { return nil }
        guard value.utf8.count <= 10, let date = PublicationDate(value) else {
            refuse(name, "Must be a date such as 2026-01-31, 2026-01 or 2026.")
            return nil
        }
        return date
    }

    private mutating func take(_ name: String) -> String? {
        guard let index = pending.firstIndex(where: { $0.name == name }) else { return nil }
        let value = pending.remove(at: index).value
        let count = pending.count
        pending.removeAll { $0.name == name }
        if pending.count < count {
            refuse(name, "Must be given once only.")
            return nil
        }
        return value
    }

    private static func number(_ text: String) -> Int? {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(text)
    }
}
