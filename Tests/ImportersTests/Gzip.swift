import CZlib

/// Packs bytes as one gzip member, for what the importers read.
enum Gzip {
    static func packed(_ bytes: some Sequence<UInt8>, level: Int32 = 6) -> [UInt8] {
        var input = Array(bytes)
        var stream = z_stream()
        return withUnsafeMutablePointer(to: &stream) { stream in
            let size = Int32(MemoryLayout<z_stream>.size)
            deflateInit2_(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
            defer { deflateEnd(stream) }
            var output = [UInt8](repeating: 0, count: Int(deflateBound(stream, UInt(input.count))))
            input.withUnsafeMutableBufferPointer { input in
                stream.pointee.next_in = input.baseAddress
                stream.pointee.avail_in = UInt32(input.count)
                output.withUnsafeMutableBufferPointer { output in
                    stream.pointee.next_out = output.baseAddress
                    stream.pointee.avail_out = UInt32(output.count)
                    let status = deflate(stream, Z_FINISH)
                    precondition(status == Z_STREAM_END)
                }
            }
            return Array(output.prefix(Int(stream.pointee.total_out)))
        }
    }
}
