/// The bound values of one statement in PostgreSQL's text format, end to end in one buffer.
///
/// Each value is followed by a zero byte, so that libpq can be given pointers into the buffer.
struct Binds: Sendable {
    /// Where each value begins in `bytes`; `null` for NULL.
    private(set) var starts: [Int] = []
    private var bytes: [UInt8] = []
    /// Whether a value holds a zero byte, which PostgreSQL cannot take in any text.
    private(set) var hasZeroByte = false

    private static let null = -1

    var count: Int { starts.count }

    mutating func append(_ value: some PostgresEncodable) {
        guard !value.isPostgresNull else {
            starts.append(Binds.null)
            return
        }
        let start = bytes.count
        starts.append(start)
        value.appendPostgresText(to: &bytes)
        if bytes[start...].contains(0) { hasZeroByte = true }
        bytes.append(0)
    }

    mutating func append(_ other: Binds) {
        let base = bytes.count
        bytes += other.bytes
        starts += other.starts.map { $0 == Binds.null ? Binds.null : $0 + base }
        hasZeroByte = hasZeroByte || other.hasZeroByte
    }

    /// The bytes of one value without the closing zero; nil for NULL.
    func value(at index: Int) -> ArraySlice<UInt8>? {
        let start = starts[index]
        guard start != Binds.null else { return nil }
        let next = starts[(index + 1)...].first { $0 != Binds.null } ?? bytes.count
        return bytes[start..<(next - 1)]
    }

    /// Calls the body with one C string per value, nil for NULL, as libpq wants its parameters.
    func withPointers<R>(_ body: (UnsafeMutableBufferPointer<UnsafePointer<CChar>?>) -> R) -> R {
        bytes.withUnsafeBytes { buffer in
            withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: starts.count) { pointers in
                for (index, start) in starts.enumerated() {
                    // SAFETY: a start lies inside the buffer, and each value ends with a zero byte.
                    pointers[index] =
                        start == Binds.null
                        ? nil : buffer.baseAddress?.advanced(by: start).assumingMemoryBound(to: CChar.self)
                }
                return body(pointers)
            }
        }
    }
}
