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
    /// What is known of a client for whom more waits to be sent than the connection takes; `nil` while there is none.
    private var wait: Wait?

    private struct Wait {
        var nextLook: Scheduled<Void>
        var acknowledgedBytes: UInt64?
        /// When it last took something.
        var progressedAt: NIODeadline
    }

    /// Makes a handler.
    ///
    /// - Parameter limit: for how long a client may take nothing.
    init(limit: TimeAmount) {
        self.limit = limit
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        stopLooking()
        if !context.channel.isWritable { wait = Wait(nextLook: scheduleLook(context), progressedAt: .now()) }
        context.fireChannelWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        stopLooking()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        stopLooking()
    }

    private func stopLooking() {
        wait?.nextLook.cancel()
        wait = nil
    }

    private func scheduleLook(_ context: ChannelHandlerContext) -> Scheduled<Void> {
        // Four looks within the limit: a client is cut off a quarter too late at most.
        let pause = TimeAmount.nanoseconds(max(1, limit.nanoseconds / 4))
        return context.eventLoop.assumeIsolated().scheduleTask(in: pause) { self.look(context) }
    }

    /// Asks the system what the client has acknowledged, and acts on it.
    private func look(_ context: ChannelHandlerContext) {
        guard let options = context.channel as? any SocketOptionProvider else { return judge(nil, context) }
        let info: EventLoopFuture<TCPInfo> = options.unsafeGetSocketOption(level: .tcp, name: .init(rawValue: TCP_INFO))
        info.assumeIsolated().whenComplete { self.judge((try? $0.get())?.acknowledgedBytes, context) }
    }

    /// Ends the connection of a client that has taken nothing for too long, and goes on looking at any other.
    private func judge(_ acknowledgedBytes: UInt64?, _ context: ChannelHandlerContext) {
        // While the system was asked, the client may have taken everything.
        guard var wait else { return }
        if acknowledgedBytes != wait.acknowledgedBytes {
            wait.acknowledgedBytes = acknowledgedBytes
            wait.progressedAt = .now()
        }
        guard NIODeadline.now() - wait.progressedAt < limit else {
            stopLooking()
            context.close(promise: nil)
            return
        }
        wait.nextLook = scheduleLook(context)
        self.wait = wait
    }
}

/// The start of Linux's `struct tcp_info` (linux/tcp.h), up to the member that is wanted; older headers end before it.
private struct TCPInfo: Sendable {
    /// One 64-bit word after the other.
    private var words = InlineArray<17, UInt64>(repeating: 0)

    /// `tcpi_bytes_acked`, at byte 120 (RFC 4898, tcpEStatsAppHCThruOctetsAcked).
    var acknowledgedBytes: UInt64 { words[15] }
}
