import Glibc
import NIOCore

/// Ends the connection of a client that takes nothing of its answer any more.
///
/// An answer that is streamed holds what it is read from for as long as its reader takes: a connection to the database, and
/// one of the few places for exports. A reader that is slow may be so; one that has stopped may not. What tells them apart
/// is how many bytes the client's system has acknowledged: whole buffers are taken too seldom by a slow one.
final class StallHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Any
    typealias InboundOut = Any

    private let limit: TimeAmount
    /// The next look; there is one while more waits to be sent than the connection takes.
    private var look: Scheduled<Void>?
    private var acknowledgedBytes: UInt64?
    private var progressedAt = NIODeadline.now()

    /// Makes a handler.
    ///
    /// - Parameter limit: for how long a client may take nothing.
    init(limit: TimeAmount) {
        self.limit = limit
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        look?.cancel()
        look = nil
        if !context.channel.isWritable {
            progressedAt = .now()
            scheduleLook(context)
        }
        context.fireChannelWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        look?.cancel()
        look = nil
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        look?.cancel()
        look = nil
    }

    private func scheduleLook(_ context: ChannelHandlerContext) {
        // Four looks within the limit: a client is cut off a quarter too late at most.
        let pause = TimeAmount.nanoseconds(max(1, limit.nanoseconds / 4))
        look = context.eventLoop.assumeIsolated().scheduleTask(in: pause) { self.ask(context) }
    }

    /// Asks the system what the client has acknowledged.
    private func ask(_ context: ChannelHandlerContext) {
        guard let options = context.channel as? any SocketOptionProvider else { return judge(nil, context) }
        let info: EventLoopFuture<TCPInfo> = options.unsafeGetSocketOption(level: .tcp, name: .init(rawValue: TCP_INFO))
        info.assumeIsolated().whenComplete { self.judge((try? $0.get())?.acknowledgedBytes, context) }
    }

    private func judge(_ bytes: UInt64?, _ context: ChannelHandlerContext) {
        // Meanwhile the client may have taken everything.
        guard look != nil else { return }
        let now = NIODeadline.now()
        if bytes != acknowledgedBytes {
            acknowledgedBytes = bytes
            progressedAt = now
        }
        if now - progressedAt >= limit {
            look = nil
            context.close(promise: nil)
        } else {
            scheduleLook(context)
        }
    }
}

/// The start of Linux's `struct tcp_info` (linux/tcp.h), up to the member that is wanted; older headers end before it.
private struct TCPInfo: Sendable {
    /// One 64-bit word after the other.
    private var words = InlineArray<17, UInt64>(repeating: 0)

    /// `tcpi_bytes_acked`, at byte 120 (RFC 4898, tcpEStatsAppHCThruOctetsAcked).
    var acknowledgedBytes: UInt64 { words[15] }
}
