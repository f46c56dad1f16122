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
            self.init(error.code == .unavailable ? "\(error.message) (see claimboard doctor)" : error.message)
        case let error as PostgresError:
            // Who runs the command is the operator, and has to know which address or file is meant.
            self.init("PostgreSQL: \(error.message)")
        default:
            self.init("\(error)")
        }
    }
}
