#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension UnsafeRawBufferPointer {
    /// Where a byte stands first from an offset on; `nil` where it does not.
    func firstOffset(of byte: UInt8, from start: Int = 0) -> Int? {
        guard let base = baseAddress, start < count else { return nil }
        // SAFETY: start is inside the buffer, and memchr reads to its end at most.
        return memchr(base + start, Int32(byte), count - start).map { base.distance(to: UnsafeRawPointer($0)) }
    }

    /// Where the first LF stands from an offset on; `nil` where there is none.
    func firstLineEnd(from start: Int) -> Int? { firstOffset(of: UInt8(ascii: "\n"), from: start) }
}
