/// Cuts bytes into lines at LF or CR LF, and steps over lines that are too long without keeping them.
struct LineSplitter {
    /// One line, whose bytes are valid as long as the splitter's input is.
    struct Line {
        enum Content {
            /// The line without its end.
            case whole(UnsafeRawBufferPointer)
            /// The line had so many bytes, over the limit.
            case tooLong(Int)
            /// The input was cut short in this line.
            case cutShort
        }

        /// From 1.
        var number: Int
        var content: Content
    }

    /// The longest line, in bytes without its end.
    let limit: Int
    private var number = 0
    /// Bytes of the line that came earlier, are known to hold no line end, and are still in the input.
    private var scanned = 0
    /// Bytes of a line over the limit that were dropped.
    private var dropped = 0

    init(limit: Int) { self.limit = limit }

    /// Takes the next line.
    ///
    /// - Parameters:
    ///   - bytes: the input. The next call has to get the same from `offset` on, and possibly more after it.
    ///   - offset: where the line starts; moved past it.
    ///   - end: how the input ended, if it has.
    /// - Returns: `nil` when the line's end has not come yet.
    mutating func next(
        in bytes: UnsafeRawBufferPointer,
        at offset: inout Int,
        end: ByteQueue.End?
    ) -> Line? {
        if let lineEnd = bytes.firstLineEnd(from: offset + scanned) {
            let line = UnsafeRawBufferPointer(rebasing: bytes[offset..<lineEnd])
            offset = lineEnd + 1
            return finish(line, isLast: false, end: end)
        }
        let rest = UnsafeRawBufferPointer(rebasing: bytes[offset...])
        if end != nil {
            offset = bytes.count
            return rest.isEmpty && dropped == 0 ? nil : finish(rest, isLast: true, end: end)
        }
        // One byte over, because a CR at the end may turn out to belong to the line's end.
        if rest.count > limit + 1 || dropped > 0 {
            dropped += rest.count
            offset = bytes.count
            scanned = 0
        } else {
            scanned = rest.count
        }
        return nil
    }

    private mutating func finish(_ bytes: UnsafeRawBufferPointer, isLast: Bool, end: ByteQueue.End?) -> Line {
        number += 1
        let length = dropped + bytes.count
        (scanned, dropped) = (0, 0)
        if isLast && end == .cutShort { return Line(number: number, content: .cutShort) }
        let line = bytes.last == UInt8(ascii: "\r") ? UnsafeRawBufferPointer(rebasing: bytes.dropLast()) : bytes
        let isWhole = length == bytes.count && line.count <= limit
        return Line(number: number, content: isWhole ? .whole(line) : .tooLong(length))
    }
}
