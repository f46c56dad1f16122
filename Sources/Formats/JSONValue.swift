package import Claims

/// What a ``JSONWriter`` can write as one value.
package protocol JSONValue {
    /// Writes the value, exactly one.
    func write(to json: inout JSONWriter)
}

extension JSONWriter {
    /// Writes a member of an object.
    ///
    /// - Parameters:
    ///   - name: ASCII that needs no escaping.
    ///   - value: what it is; `nil` is written as `null`.
    @inlinable package mutating func member<Value: JSONValue>(_ name: StaticString, _ value: Value) {
        self.name(name)
        value.write(to: &self)
    }

    /// Writes a member whose value is an object with the members that the closure writes.
    package mutating func object<Failure>(
        _ name: StaticString,
        _ members: (inout JSONWriter) throws(Failure) -> Void
    ) throws(Failure) {
        self.name(name)
        try object(members)
    }

    /// Writes a member whose value is an array with the values that the closure writes.
    package mutating func array<Failure>(
        _ name: StaticString,
        _ elements: (inout JSONWriter) throws(Failure) -> Void
    ) throws(Failure) {
        self.name(name)
        try array(elements)
    }

    /// Writes a member whose value is an array with one object for each element.
    ///
    /// - Parameters:
    ///   - name: ASCII that needs no escaping.
    ///   - elements: what there is an object for.
    ///   - members: writes an element's members.
    /// - Throws: what the closure throws.
    package mutating func array<Elements: Sequence, Failure>(
        _ name: StaticString,
        of elements: Elements,
        _ members: (inout JSONWriter, Elements.Element) throws(Failure) -> Void
    ) throws(Failure) {
        self.name(name)
        beginArray()
        for element in elements {
            beginObject()
            try members(&self, element)
            endObject()
        }
        endArray()
    }
}

extension String: JSONValue {
    /// Writes a string.
    package func write(to json: inout JSONWriter) { json.value(self) }
}

extension Substring: JSONValue {
    /// Writes a string.
    package func write(to json: inout JSONWriter) { json.value(self) }
}

extension Int: JSONValue {
    /// Writes a number.
    package func write(to json: inout JSONWriter) { json.value(self) }
}

extension Int64: JSONValue {
    /// Writes a number.
    package func write(to json: inout JSONWriter) { json.value(self) }
}

extension Double: JSONValue {
    /// Writes a number; it has to be finite.
    package func write(to json: inout JSONWriter) { json.value(self) }
}

extension Bool: JSONValue {
    /// Writes `true` or `false`.
    package func write(to json: inout JSONWriter) { json.value(self) }
}

extension ExactDecimal: JSONValue {
    /// Writes a string, because readers make binary fractions of JSON's numbers.
    package func write(to json: inout JSONWriter) { json.value(description) }
}

extension PublicationDate: JSONValue {
    /// Writes a string, as exact as the date is.
    package func write(to json: inout JSONWriter) { json.value(description) }
}

extension Optional: JSONValue where Wrapped: JSONValue {
    /// Writes the value, or `null`.
    package func write(to json: inout JSONWriter) {
        if let self { self.write(to: &json) } else { json.null() }
    }
}

extension Array: JSONValue where Element: JSONValue {
    /// Writes an array.
    package func write(to json: inout JSONWriter) {
        json.beginArray()
        for element in self { element.write(to: &json) }
        json.endArray()
    }
}

extension JSONValue where Self: RawRepresentable, RawValue == String {
    /// Writes the word that stands for the case.
    package func write(to json: inout JSONWriter) { json.value(rawValue) }
}

extension ClaimKind: JSONValue {}
extension Bound: JSONValue {}
extension Aggregate: JSONValue {}
extension BenchmarkRole: JSONValue {}
extension LinkKind: JSONValue {}
extension SOTAStrength: JSONValue {}
extension MetricDirection: JSONValue {}
extension Evidence.Source: JSONValue {}
