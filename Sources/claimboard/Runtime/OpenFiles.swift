import Glibc

/// Lets this process have as many files open as the system would: each connection is one, and the limit that shells and
/// service managers begin with is often 1,024.
func raiseOpenFileLimit() {
    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
    limit.rlim_cur = limit.rlim_max
    // Where even that is refused, the service does with what it has.
    _ = setrlimit(resource, &limit)
}
