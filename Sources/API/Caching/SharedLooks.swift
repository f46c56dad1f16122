/// Looks at what changes, which all who ask at the same time share: each gets what a look has found that began after it had
/// asked, and however many ask, there is one look at a time and a pause between two.
actor SharedLooks<Finding: Sendable> {
    private let pause: Duration
    /// The look under way, or the last one.
    private var present: Task<Finding, Never>?
    private var begunAt: ContinuousClock.Instant?
    /// The one that has not begun yet, which whoever comes now can join.
    private var next: Task<Finding, Never>?

    /// Without a pause of its own, at most fifty looks a second: few beside what the database does, and no wait to notice.
    init(pause: Duration = .milliseconds(20)) {
        self.pause = pause
    }

    /// Waits for a look that begins from now on.
    ///
    /// - Parameter look: how to look, the same for all who share these.
    /// - Returns: what it has found.
    func take(_ look: @escaping @Sendable () async -> Finding) async -> Finding {
        if let next { return await next.value }
        let task = Task {
            _ = await present?.value
            if let begunAt { try? await Task.sleep(until: begunAt + pause, clock: .continuous) }
            (present, next) = (next, nil)
            begunAt = .now
            return await look()
        }
        next = task
        return await task.value
    }
}
