import Synchronization

/// Shows how far a long command is: one line that is written over on a terminal, nothing elsewhere.
final class Progress: Sendable {
    private struct State {
        var shown: ContinuousClock.Instant?
        var isOnScreen = false
    }

    private let isShown: Bool
    private let state = Mutex(State())

    /// Makes a progress line.
    ///
    /// - Parameter isWanted: whether the user has not asked for quiet.
    init(isWanted: Bool) {
        self.isShown = isWanted && StandardError.isTerminal
    }

    /// Shows a text in place of the last one, at most ten times a second.
    func show(_ text: @autoclosure () -> String) {
        guard isShown else { return }
        let now = ContinuousClock.now
        let isDue = state.withLock { state in
            if let shown = state.shown, now - shown < .milliseconds(100) { return false }
            state.shown = now
            state.isOnScreen = true
            return true
        }
        if isDue { StandardError.writeRaw("\r\u{1B}[2K" + text().prefix(Terminal.width(of: 2) - 1)) }
    }

    /// Takes the line off the screen, so that other lines can be written.
    func clear() {
        let wasOnScreen = state.withLock { state in
            defer { state.isOnScreen = false }
            return state.isOnScreen
        }
        if wasOnScreen { StandardError.writeRaw("\r\u{1B}[2K") }
    }
}

extension Progress {
    /// How far something is, as a bar and a percentage.
    ///
    /// - Parameter fraction: 0...1.
    /// - Returns: `[######------------------] 25 %`.
    static func bar(_ fraction: Double) -> String {
        let width = 24
        let full = Int(fraction * Double(width))
        let bar = String(repeating: "#", count: full) + String(repeating: "-", count: width - full)
        return "[\(bar)] \(Int(fraction * 100)) %"
    }

    /// How fast something goes: `120/s`.
    static func rate(_ count: Int, since start: ContinuousClock.Instant) -> String {
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        return "\(seconds > 0 ? Int(Double(count) / seconds) : 0)/s"
    }
}
