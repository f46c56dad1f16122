import Foundation
import Testing

@testable import Registry

@Suite struct CursorTests {
    @Test(arguments: ["", "a", "ab", "abc", "??>>~~", "Größe", "\u{10FFFF}"])
    func `a cursor is base64url without padding, and reads back`(_ last: String) throws {
        let text = Cursor(fields: ["-50.25", last]).encoded(for: "list")
        let base64 = Data("list\u{1F}-50.25\u{1F}\(last)".utf8).base64EncodedString()
        let expected = base64.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        #expect(text == expected)
        #expect(try Cursor(text, list: "list", count: 2).fields == ["-50.25", last])
        #expect(throws: RegistryError.self) { try Cursor(text, list: "other", count: 2) }
    }
}
