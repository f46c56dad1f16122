import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// Stands between the HTTP parser and Hummingbird on each connection, for what no middleware can see: requests that the
/// parser refuses get problem details too, and a refusing answer ends the connection.
///
/// Hummingbird answers a parser's error with an empty 400 once the requests before it are answered; that answer is
/// replaced here, so that the order of pipelined answers stays right. And an answer to HEAD can leave its length open
/// (``lengthLeftOpen``).
final class ConnectionHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private var failure: Problem?
    private var closesAfterEnd = false
    private var endsWithHead = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // Who asks whether to send the content waits for an answer (RFC 9110, section 10.1.1); the routes say no soon enough.
        if case .head(let head) = unwrapInboundIn(data), head.headerFields[.expect]?.lowercased() == "100-continue" {
            context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
        }
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // The parser reports bytes that come after its error as further errors; the first one says what is wrong.
        guard failure == nil else { return }
        switch error {
        case HTTPParserError.headerOverflow:
            failure = Problem(.headersTooLarge)
            context.fireErrorCaught(error)
        case is HTTPParserError:
            failure = Problem(.malformedRequest)
            context.fireErrorCaught(error)
        case is HTTP1TypeConversionError:
            failure = Problem(.malformedRequest)
            // Hummingbird answers only errors of the parser's type.
            context.fireErrorCaught(HTTPParserError.invalidMethod)
        default: context.fireErrorCaught(error)
        }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head):
            if let failure, head.status == .badRequest, head.headerFields[.contentLength] == "0" {
                writeHead(of: failure, context: context, promise: promise)
            } else {
                closesAfterEnd = head.headerFields[.connection] == "close"
                writeHead(head, context: context, promise: promise)
            }
        case .end where endsWithHead:
            // The encoder would write the end of a body that is none.
            endsWithHead = false
            context.writeAndFlush(wrapOutboundOut(.body(ByteBuffer())), promise: promise)
            if closesAfterEnd { close(context) }
        case .end where closesAfterEnd:
            context.writeAndFlush(data, promise: promise)
            close(context)
        default: context.write(data, promise: promise)
        }
    }

    /// What says of an answer to HEAD that the one to GET is sent in chunks, so that nobody knows how long it is.
    ///
    /// Hummingbird would say that it is empty, and SwiftNIO would send the end of chunks that do not come.
    static let lengthLeftOpen: HTTPFields = [.transferEncoding: "chunked"]

    private func writeHead(_ head: HTTPResponse, context: ChannelHandlerContext, promise: EventLoopPromise<Void>?) {
        var head = head
        endsWithHead = head.headerFields[.transferEncoding] != nil
        // The encoder writes the field itself, but not beside a length.
        if endsWithHead {
            head.headerFields[.transferEncoding] = nil
            head.headerFields[.contentLength] = nil
        }
        context.write(wrapOutboundOut(.head(head)), promise: promise)
    }

    private func writeHead(of problem: Problem, context: ChannelHandlerContext, promise: EventLoopPromise<Void>?) {
        let body = problem.body(requestID: nil)
        let head = HTTPResponse(
            status: problem.status,
            headerFields: [
                .contentType: Problem.contentType, .contentLength: String(body.count), .connection: "close",
                .cacheControl: "no-store", .contentTypeOptions: "nosniff",
            ]
        )
        context.write(wrapOutboundOut(.head(head)), promise: promise)
        context.write(wrapOutboundOut(.body(ByteBuffer(bytes: body))), promise: nil)
        closesAfterEnd = true
    }

    /// Ends our side at once, and the client's after a moment: closing with unread bytes in the socket would make the
    /// kernel throw away the answer that the client is about to read.
    private func close(_ context: ChannelHandlerContext) {
        context.close(mode: .output, promise: nil)
        let channel = context.channel
        context.eventLoop.scheduleTask(in: Self.lingering) { channel.close(promise: nil) }
    }

    private static let lingering = TimeAmount.seconds(1)
}
