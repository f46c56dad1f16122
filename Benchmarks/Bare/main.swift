import Foundation
import Hummingbird

// The bare HTTP framework: whatever is asked for, the same bytes from memory. The ceiling that a cached answer is held to.
//
// Usage: bare-server PORT FILE
let arguments = CommandLine.arguments
guard arguments.count == 3, let port = Int(arguments[1]) else {
    FileHandle.standardError.write(Data("Usage: bare-server PORT FILE\n".utf8))
    exit(2)
}
let bytes = ByteBuffer(bytes: try Data(contentsOf: URL(filePath: arguments[2])))
let router = Router()
router.get("**") { _, _ in
    Response(status: .ok, headers: [.contentType: "application/json"], body: ResponseBody(byteBuffer: bytes))
}
let application = Application(router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)))
try await application.runService()
