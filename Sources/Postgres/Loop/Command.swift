/// What other threads ask of the event loop.
enum Command: Sendable {
    /// A request for the short lane; the busiest way, so it needs no closure.
    case submit(Request)
    case run(@Sendable (Driver) -> Void)
}
