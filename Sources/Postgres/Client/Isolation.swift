/// How much of others' work a transaction sees (https://www.postgresql.org/docs/15/transaction-iso.html).
package enum Isolation: String, Sendable {
    /// Each statement sees what was committed before it began.
    case readCommitted = "READ COMMITTED"
    /// All statements see what was committed before the first one.
    case repeatableRead = "REPEATABLE READ"
    /// As if the transactions ran one after the other; may fail with 40001, to be run again.
    case serializable = "SERIALIZABLE"
}
