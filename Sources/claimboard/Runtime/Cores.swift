import Extraction
import Glibc

extension Extractor {
    /// How many cores this machine has.
    static let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
}
