internal import CSpawn
import Dispatch
import Glibc
import Synchronization

/// A program that this process started, and the thread that waits for its end.
///
/// The same thread starts it, waits and ends after it: the kernel's signal to a child at its parent's death
/// (`setpriv --pdeathsig`) comes at the death of the *thread* that started it.
final class ChildProcess: Sendable {
    private enum State {
        case starting
        case failed(code: Int32)
        case running
        case ended(status: Int32)
    }

    private let state = Mutex(State.starting)
    private let identifier = Atomic<Int32>(0)

    /// The process's id.
    ///
    /// It may be another process's once this one has ended.
    var id: pid_t { identifier.load(ordering: .acquiring) }

    /// How the program ended, nil while it runs: its exit status, or 128 and the signal's number, as shells put it.
    var exitStatus: Int32? {
        state.withLock { if case .ended(let status) = $0 { status } else { nil } }
    }

    /// Starts a program with a clean environment, in a session of its own.
    ///
    /// - Parameters:
    ///   - arguments: the program's path and its arguments.
    ///   - output: the descriptor that takes standard output and error; it stays the caller's to close.
    /// - Throws: `system` when it cannot be started.
    init(_ arguments: [String], output: Int32) throws(PrivateClusterError) {
        let started = DispatchSemaphore(value: 0)
        startThread { [self] in
            let code = start(arguments, output: output)
            started.signal()
            if code == 0 { waitForEnd() }
        }
        started.wait()
        if case .failed(let code) = state.withLock({ $0 }) {
            throw .system(call: "start", path: arguments.first ?? "", code: code)
        }
    }

    /// Sends a signal, if the program still runs.
    func signal(_ number: Int32) {
        // Under the lock, so that the id cannot have become another process's in between.
        state.withLock { if case .running = $0 { kill(id, number) } }
    }

    private func start(_ arguments: [String], output: Int32) -> Int32 {
        var process: pid_t = 0
        let code = withCStrings(arguments) { arguments in
            withCStrings(["PATH=/usr/bin:/bin", "LANG=C.UTF-8"]) { environment in
                spawn_in_own_session(&process, arguments, environment, output)
            }
        }
        identifier.store(process, ordering: .releasing)
        state.withLock { $0 = code == 0 ? .running : .failed(code: code) }
        return code
    }

    private func waitForEnd() {
        var information = siginfo_t()
        while waitid(P_PID, id_t(id), &information, WEXITED | WNOWAIT) != 0 && errno == EINTR {}
        state.withLock { state in
            var status: Int32 = 0
            waitpid(id, &status, 0)
            let signal = status & 0x7f
            state = .ended(status: signal == 0 ? (status >> 8) & 0xff : 128 + signal)
        }
    }
}

/// Lends strings as C has them for a program's arguments: pointers to their bytes, and a null at the end.
private func withCStrings<Value>(
    _ strings: [String],
    _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Value
) -> Value {
    var pointers = strings.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    pointers.append(nil)
    return pointers.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { preconditionFailure("never empty: it ends in a null") }
        return body(base)
    }
}
