import Claims
import Importers
import Postgres
import PrivateCluster
import Registry

/// What is told of an error: a message for people and a status for scripts.
struct Failure: Error {
    /// One or more sentences; `nil` where there is nothing to say.
    let message: String?
    let status: ExitStatus

    /// A failure of the program's own.
    init(_ message: String?, status: ExitStatus = .failed) {
        self.message = message
        self.status = status
    }

    /// Tells any error.
    init(_ error: any Error) {
        switch error {
        case let error as Failure: self = error
        case let error as OutputError:
            self.init(error.isBrokenPipe ? nil : error.description, status: error.isBrokenPipe ? .brokenPipe : .failed)
        case is CancellationError:
            self.init("Interrupted.", status: .interrupted)
        case let error as RegistryError:
            self.init(error.cause.map { "\(error.message) (\($0))" } ?? error.message)
        case let error as PostgresError:
            // Holds no values, and who runs the program is its operator.
            self.init(error.debugDescription)
        default:
            self.init("\(error)")
        }
    }
}
