internal import CLibPQ

/// Owns one `PGresult`.
///
/// SAFETY: a finished result is never changed again, and libpq's accessors only read it, from any thread
/// (https://www.postgresql.org/docs/15/libpq-threading.html).
final class ResultHandle: @unchecked Sendable {
    let pointer: OpaquePointer
    let rowCount: Int
    let columnCount: Int

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
        rowCount = Int(PQntuples(pointer))
        columnCount = Int(PQnfields(pointer))
    }

    deinit {
        PQclear(pointer)
    }

    /// The command's tag, as `INSERT 0 5`.
    var commandTag: String {
        String(cString: PQcmdStatus(pointer))
    }

    /// The number of rows that the command changed or gave.
    var affected: Int {
        Int(String(cString: PQcmdTuples(pointer))) ?? 0
    }

    func isNull(row: Int, column: Int) -> Bool {
        PQgetisnull(pointer, Int32(row), Int32(column)) != 0
    }

    /// The bytes of a value that is not NULL, valid as long as this object is.
    func bytes(row: Int, column: Int) -> UnsafeBufferPointer<UInt8> {
        precondition(row >= 0 && row < rowCount && column >= 0 && column < columnCount, "no such value in the result")
        let count = Int(PQgetlength(pointer, Int32(row), Int32(column)))
        // SAFETY: PQgetvalue points at PQgetlength bytes that live as long as the result.
        let start = UnsafeRawPointer(PQgetvalue(pointer, Int32(row), Int32(column)))
        return UnsafeBufferPointer(start: start?.assumingMemoryBound(to: UInt8.self), count: count)
    }

    func columnName(_ column: Int) -> String {
        PQfname(pointer, Int32(column)).map { String(cString: $0) } ?? ""
    }

    func columnType(_ column: Int) -> UInt32 {
        PQftype(pointer, Int32(column))
    }
}
