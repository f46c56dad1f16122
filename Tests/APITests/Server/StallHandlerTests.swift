import NIOCore
import NIOPosix
import Testing

@testable import API

/// Who is cut off, over real connections.
@Suite struct StallHandlerTests {
    /// More than the system holds on the way.
    private static let size = 32 << 20

    /// Sends much to everyone who connects, and tells whether it went out.
    private static func serve(
        limit: TimeAmount,
        _ body: (_ port: Int, _ outcomes: AsyncStream<Bool>) async throws -> Void
    ) async throws {
        let (outcomes, told) = AsyncStream.makeStream(of: Bool.self)
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handlers: [any ChannelHandler] = [StallHandler(limit: limit), Sender(size, telling: told)]
                    try channel.pipeline.syncOperations.addHandlers(handlers)
                }
            }
            .bind(host: "127.0.0.1", port: 0)
            .get()
        try await body(server.localAddress?.port ?? 0, outcomes)
        try await server.close()
    }

    @Test func `Who takes nothing is cut off`() async throws {
        try await Self.serve(limit: .milliseconds(500)) { port, outcomes in
            let connection = try OpenConnection(port: port)
            for await isSent in outcomes {
                #expect(!isSent)
                break
            }
            #expect(connection.rest().count < Self.size)
        }
    }

    @Test func `Who is slow is served to the end`() async throws {
        try await Self.serve(limit: .seconds(5)) { port, outcomes in
            let connection = try OpenConnection(port: port)
            // Longer than the limit in all, and never as long as that without taking anything.
            let bytes = await connection.slowRest(pieceBytes: 4 << 20, pause: .milliseconds(800))
            #expect(bytes.count == Self.size)
            for await isSent in outcomes {
                #expect(isSent)
                break
            }
        }
    }
}

/// Sends bytes when a connection is made, and ends it then.
private final class Sender: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let size: Int
    private let outcomes: AsyncStream<Bool>.Continuation

    init(_ size: Int, telling outcomes: AsyncStream<Bool>.Continuation) {
        self.size = size
        self.outcomes = outcomes
    }

    func channelActive(context: ChannelHandlerContext) {
        let (outcomes, channel) = (outcomes, context.channel)
        let bytes = ByteBuffer(repeating: UInt8(ascii: "x"), count: size)
        context.writeAndFlush(wrapOutboundOut(bytes)).whenComplete { result in
            outcomes.yield((try? result.get()) != nil)
            channel.close(mode: .output, promise: nil)
        }
    }
}
