extension RandomAccessCollection {
    /// Looks for the border between elements of two kinds, all of the one before all of the other.
    ///
    /// - Parameter isBehind: whether an element is behind the border.
    /// - Returns: the index of the first that is; `endIndex` where none is.
    /// - Complexity: O(log n).
    func partitioningIndex(where isBehind: (Element) -> Bool) -> Index {
        var (low, length) = (startIndex, count)
        while length > 0 {
            let half = length / 2
            let middle = index(low, offsetBy: half)
            if isBehind(self[middle]) {
                length = half
            } else {
                low = index(after: middle)
                length -= half + 1
            }
        }
        return low
    }
}
