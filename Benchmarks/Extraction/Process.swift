#if canImport(Glibc)
import Glibc
#endif

/// Seconds of processor time of this thread: what others do on the machine does not count.
func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// The most memory that this process has had, in MB.
func peakMemory() -> Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Double(usage.ru_maxrss) / 1024
}

/// Ends the program with a message on standard error.
func stop(_ message: String, status: Int32) -> Never {
    // SAFETY: the pointer is used only within the call.
    (message + "\n").withCString { _ = write(STDERR_FILENO, $0, strlen($0)) }
    exit(status)
}
