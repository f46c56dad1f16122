/// What a connection does outside of the pipeline: COPY in either direction, or a script of several statements.
///
/// SAFETY: as with `Request`: after it was handed over, only the event loop's thread touches it.
final class Transfer: @unchecked Sendable {
    typealias Instant = ContinuousClock.Instant

    enum Kind {
        case copyIn
        case copyOut
        case script
    }

    /// Where a transfer stands.
    enum Phase {
        case queued
        case starting
        case streaming
        case ending
        case done
    }

    let kind: Kind
    let text: String
    let name: String?
    let deadline: Instant?
    /// Told once when the server is ready for data, or why it is not.
    var started: ((PostgresError?) -> Void)?
    /// Told how many rows it were, once, when it is over.
    var completion: ((Result<Int, PostgresError>) -> Void)?

    var phase = Phase.queued
    var outcome: Result<Int, PostgresError>?
    var error: PostgresError?
    var affected = 0
    var abandonedAt: Instant?

    /// COPY out: what has been received and not yet read, and who waits for more.
    var chunks = Fifo<[UInt8]>()
    var filling: [UInt8] = []
    var reader: ((Result<[UInt8]?, PostgresError>) -> Void)?
    /// COPY in: who waits for the last chunk to be on its way.
    var writer: ((PostgresError?) -> Void)?

    /// Received data is handed on in pieces of about this many bytes.
    static let chunkBytes = 65_536
    /// The server is made to wait while so many pieces have not been read.
    static let chunkLimit = 4

    init(_ kind: Kind, _ sql: SQL, deadline: Instant? = nil) {
        self.kind = kind
        text = sql.textWithLiterals
        name = sql.name
        self.deadline = deadline
    }

    var isPaused: Bool { kind == .copyOut && abandonedAt == nil && chunks.count >= Transfer.chunkLimit }

    /// Gives the waiting reader what there is: a chunk, the end, or the error.
    func serveReader() {
        guard let reader else { return }
        if let chunk = chunks.popFirst() {
            self.reader = nil
            reader(.success(chunk))
        } else if let outcome {
            self.reader = nil
            reader(outcome.map { _ in nil })
        }
    }

    /// Closes the chunk that is being filled.
    func closeChunk() {
        guard !filling.isEmpty else { return }
        chunks.append(filling)
        filling = []
    }

    /// Everybody who still waits learns how it ended.
    func finish(_ result: Result<Int, PostgresError>) {
        guard outcome == nil else { return }
        phase = .done
        outcome = result
        closeChunk()
        var failure: PostgresError?
        if case .failure(let error) = result { failure = error }
        started?(failure)
        writer?(failure)
        completion?(result)
        (started, writer, completion) = (nil, nil, nil)
        serveReader()
    }
}
