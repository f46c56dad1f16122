import Glibc

/// How the program ends, for scripts.
///
/// Thrown to end it without a message.
enum ExitStatus: Int32, Error {
    case done = 0
    case failed = 1
    /// An unknown option, a missing argument.
    case wrongUse = 2
    /// Some records were refused, the others are done.
    case refused = 3
    /// By Ctrl-C or a request to end: 128 and the signal's number, as shells have it.
    case interrupted = 130
    /// The reader of the output went away: 128 and SIGPIPE.
    case brokenPipe = 141

    func exit() -> Never {
        Glibc.exit(rawValue)
    }
}

/// Lets writes to a closed pipe fail instead of ending the program at once.
func ignoreBrokenPipes() {
    signal(SIGPIPE, SIG_IGN)
}
