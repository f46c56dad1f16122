internal import CLibPQ
internal import Glibc

/// The way from any thread to the loop's: commands in order, and a wake-up when it sleeps.
final class Mailbox: Sendable {
    private struct State {
        var commands: [Command] = []
        var isSleeping = false
    }

    /// The descriptor that becomes readable when the sleeping loop is to wake up.
    let wakeUpDescriptor: Int32
    private let state = Lock(State())

    init() {
        wakeUpDescriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        precondition(wakeUpDescriptor >= 0, "no file descriptor left for the event loop")
    }

    deinit {
        close(wakeUpDescriptor)
    }

    /// Hands a command to the loop.
    func post(_ command: Command) {
        let wakes = state.withLock { state in
            state.commands.append(command)
            defer { state.isSleeping = false }
            return state.isSleeping
        }
        if wakes {
            var one: UInt64 = 1
            write(wakeUpDescriptor, &one, MemoryLayout<UInt64>.size)
        }
    }

    /// Takes all commands, leaving the emptied array in their place.
    func take(into commands: inout [Command]) {
        commands.removeAll(keepingCapacity: true)
        state.withLock { swap(&$0.commands, &commands) }
    }

    /// Says that the loop goes to sleep.
    ///
    /// - Returns: whether it may; not when commands are waiting.
    func prepareToSleep() -> Bool {
        state.withLock { state in
            state.isSleeping = state.commands.isEmpty
            return state.isSleeping
        }
    }

    /// Says that the loop is up again.
    func wokeUp(isSignalled: Bool) {
        state.withLock { $0.isSleeping = false }
        guard isSignalled else { return }
        var count: UInt64 = 0
        read(wakeUpDescriptor, &count, MemoryLayout<UInt64>.size)
    }
}
