import Hummingbird
import Synchronization

/// Bounds how many exports are under way at once.
final class ExportPlaces: Sendable {
    private let free: Mutex<Int>

    /// Makes so many places.
    init(_ count: Int) {
        free = Mutex(count)
    }

    /// Takes a place.
    ///
    /// - Returns: the place, which is free again when it is left or nobody holds it any more.
    /// - Throws: `unavailable` where there is none.
    func take() throws(Problem) -> Place {
        let isFree = free.withLock { free in
            guard free > 0 else { return false }
            free -= 1
            return true
        }
        guard isFree else {
            throw Problem(.unavailable, "Too many exports are under way.", headers: [.retryAfter: "30"])
        }
        return Place(self)
    }

    /// A place that is taken.
    final class Place: Sendable {
        private let places: ExportPlaces
        private let isLeft = Mutex(false)

        fileprivate init(_ places: ExportPlaces) {
            self.places = places
        }

        /// Makes the place free; once more does nothing.
        func leave() {
            let wasLeft = isLeft.withLock { isLeft in
                defer { isLeft = true }
                return isLeft
            }
            if !wasLeft { places.free.withLock { $0 += 1 } }
        }

        // A body that is never asked for, such as that of an answer to HEAD, ends here.
        deinit {
            leave()
        }
    }
}
