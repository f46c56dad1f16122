package import Logging

/// An asynchronous client for one PostgreSQL database.
///
/// Short requests share few pipelined connections; transactions, streams and COPY each have a connection to themselves
/// for as long as they last. One thread of the client's own does all talking to libpq, so that nothing ever blocks the
/// threads that tasks run on. Connections are made when they are needed, and again after they broke.
package final class PostgresClient: Sendable {
    /// What the client was made with.
    package let configuration: PostgresConfiguration
    let mailbox: Mailbox

    /// Makes a client; it connects when the first request comes.
    ///
    /// - Parameters:
    ///   - configuration: How to reach the server, and within which bounds.
    ///   - logger: Takes what may help at level debug; never a value or a statement's text.
    /// - Throws: `PostgresError` of code `misuse` when the connection string cannot be read.
    package init(configuration: PostgresConfiguration, logger: Logger) throws(PostgresError) {
        let short = try Connector(configuration, statementTimeout: configuration.statementTimeout)
        let exclusive = try Connector(configuration, statementTimeout: nil)
        let mailbox = Mailbox()
        self.configuration = configuration
        self.mailbox = mailbox
        DetachedThread.start {
            let driver = Driver(
                configuration: configuration,
                mailbox: mailbox,
                logger: logger,
                shortConnector: short,
                exclusiveConnector: exclusive
            )
            driver.run()
        }
    }

    deinit {
        mailbox.post(
            .run { driver in
                driver.isReleased = true
                driver.close {}
            }
        )
    }

    /// Closes the client: what is under way finishes, what comes later fails as `closed`.
    package func close() async {
        await withCheckedContinuation { continuation in
            mailbox.post(.run { $0.close { continuation.resume() } })
        }
    }
}
