import HummingbirdCore
import Logging
import NIOCore

/// Hummingbird's HTTP/1 connections, whose tasks run on their event loops (``LoopExecutor``).
///
/// What computes for long leaves them (``LongWork``), so that other connections of the loop do not wait for it.
struct LoopChannel: ServerChildChannel {
    let base: HTTP1Channel

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        base.setup(channel: channel, logger: logger)
    }

    func handle(value: HTTP1Channel.Value, logger: Logger) async {
        await withTaskExecutorPreference(LoopExecutor(value.channel.eventLoop)) {
            await base.handle(value: value, logger: logger)
        }
    }
}

extension HTTPServerBuilder {
    /// HTTP/1 by ``LoopChannel``.
    static func http1OnLoops(_ configuration: HTTP1Channel.Configuration) -> HTTPServerBuilder {
        HTTPServerBuilder { responder in
            LoopChannel(base: HTTP1Channel(responder: responder, configuration: configuration))
        }
    }
}
