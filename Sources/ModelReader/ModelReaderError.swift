/// Why a paper could not be read by the model.
///
/// No case holds what was sent or answered: neither keys nor texts get into messages.
package enum ModelReaderError: Error, Hashable, CustomStringConvertible {
    /// The endpoint does not let us in: the key is missing or wrong, or may not use the model.
    case refused(status: Int)
    /// There is no such endpoint or model.
    case notFound
    /// The endpoint does not take the question.
    case badRequest(status: Int)
    /// The endpoint has too much to do, or fails.
    case busy(status: Int)
    /// The endpoint sends us elsewhere, where the key is not meant to go.
    case redirected
    /// The endpoint could not be reached, or the connection broke.
    case unreachable
    /// No whole answer within the time limit of a call.
    case timedOut
    /// The answer is longer than the limit.
    case answerTooLong
    /// What came back is no chat's answer.
    case notAnAnswer
    /// The model answered something else than records.
    case noRecords
    /// The model would not answer.
    case declined
    /// The time limit of all calls together is over.
    case outOfTime

    /// Whether another attempt can have another outcome.
    var isWorthRetrying: Bool {
        switch self {
        case .busy, .unreachable, .timedOut, .notAnAnswer: true
        default: false
        }
    }

    /// Whether every other paper would fail alike.
    package var concernsAllPapers: Bool {
        switch self {
        case .refused, .notFound, .redirected: true
        default: false
        }
    }

    /// One sentence for people.
    package var description: String {
        switch self {
        case .refused(let status): "the model's endpoint refuses the key, or its use (HTTP \(status))"
        case .notFound: "the endpoint knows no such address or model (HTTP 404)"
        case .badRequest(let status): "the endpoint does not take the question (HTTP \(status))"
        case .busy(let status): "the endpoint is busy or fails (HTTP \(status))"
        case .redirected: "the endpoint redirects elsewhere, which is not followed: name the right address"
        case .unreachable: "the endpoint cannot be reached, or broke off"
        case .timedOut: "the model did not answer in time"
        case .answerTooLong: "the model's answer is too long"
        case .notAnAnswer: "the endpoint's answer is no chat answer"
        case .noRecords: "the model's answer has no records in it"
        case .declined: "the model declined to answer"
        case .outOfTime: "the time for all papers is over"
        }
    }
}
