import CZlib

/// Unpacks gzip data ([RFC 1952](https://www.rfc-editor.org/rfc/rfc1952)) piece by piece, members one after another.
final class Inflater {
    /// How far unpacking came.
    enum Step {
        /// Something was taken in or given out: there may be more.
        case progress
        /// Nothing can be done before more comes in.
        case needsInput
        /// The data is at its end; with what is wrong about what comes after it.
        case finished(RecordDefect?)
        /// The data is damaged or cut short.
        case failed(RecordDefect)
    }

    // zlib keeps the address of its stream, so that it must not move.
    private let stream: UnsafeMutablePointer<z_stream>
    private var output = [UInt8](repeating: 0, count: outputBytes)
    private var isInMember = true

    /// Unpacked at once: bounds what one piece of input can become, a thousandfold otherwise.
    private static let outputBytes = 256 << 10
    /// The largest window, plus what tells zlib to expect gzip's header.
    private static let windowBits: Int32 = 15 + 16

    init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let size = Int32(MemoryLayout<z_stream>.size)
        let status = inflateInit2_(stream, Self.windowBits, ZLIB_VERSION, size)
        precondition(status == Z_OK, "zlib cannot start: wrong version or no memory")
    }

    deinit {
        inflateEnd(stream)
        stream.deinitialize(count: 1)
        stream.deallocate()
    }

    /// Unpacks a piece.
    ///
    /// - Parameters:
    ///   - input: packed bytes; what was used is taken out.
    ///   - text: gets the unpacked bytes.
    /// - Returns: how far it came.
    func step(_ input: inout ByteQueue, into text: inout ByteQueue) -> Step {
        isInMember ? stepInMember(&input, &text) : stepBetweenMembers(&input)
    }

    private func stepInMember(_ input: inout ByteQueue, _ text: inout ByteQueue) -> Step {
        guard input.count > 0 else { return input.end == nil ? .needsInput : .failed(Self.cutShort) }
        var status = Z_OK
        input.consume { packed in
            output.withUnsafeMutableBytes { unpacked in
                // SAFETY: zlib only reads what next_in points to; its type is not const in old headers.
                stream.pointee.next_in = UnsafeMutablePointer(
                    mutating: packed.assumingMemoryBound(to: UInt8.self).baseAddress
                )
                stream.pointee.avail_in = UInt32(clamping: packed.count)
                stream.pointee.next_out = unpacked.assumingMemoryBound(to: UInt8.self).baseAddress
                stream.pointee.avail_out = UInt32(clamping: unpacked.count)
                let offered = Int(stream.pointee.avail_in)
                status = inflate(stream, Z_NO_FLUSH)
                let produced = unpacked.count - Int(stream.pointee.avail_out)
                text.append(UnsafeRawBufferPointer(rebasing: unpacked[..<produced]))
                return offered - Int(stream.pointee.avail_in)
            }
        }
        switch status {
        case Z_OK, Z_BUF_ERROR: return .progress
        case Z_STREAM_END:
            isInMember = false
            return .progress
        default:
            let detail = stream.pointee.msg.map { ": " + String(cString: $0) } ?? ""
            return .failed(
                RecordDefect(
                    kind: .compression,
                    what: "the gzip data is damaged" + detail,
                    remedy: "Fetch the file again; `gzip -t` tests it."
                )
            )
        }
    }

    /// Takes zeros, which some programs fill up with, and the start of another member.
    private func stepBetweenMembers(_ input: inout ByteQueue) -> Step {
        input.consume { bytes in bytes.prefix { $0 == 0 }.count }
        var isMember = false
        input.consume { bytes in
            isMember = bytes.starts(with: [0x1F, 0x8B])
            return 0
        }
        if isMember {
            inflateReset(stream)
            isInMember = true
            return .progress
        }
        if input.count < 2, input.end == nil { return .needsInput }
        if input.count == 0 { return .finished(nil) }
        return .finished(
            RecordDefect(
                kind: .compression,
                what: "after the gzip data there is something else",
                remedy: "Pack the file again."
            )
        )
    }

    private static let cutShort = RecordDefect(
        kind: .compression,
        what: "the gzip data is cut short",
        remedy: "Fetch the file again; `gzip -t` tests it."
    )
}
