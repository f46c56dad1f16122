import Testing

@testable import Registry

@Suite struct TokenSecretTests {
    @Test func `a secret is read back, and each is another`() {
        let secrets = (0..<500).map { _ in TokenSecret.random() }
        for secret in secrets {
            #expect(secret.text.utf8.count == TokenSecret.length)
            #expect(secret.text.hasPrefix("cb_"))
            #expect(TokenSecret(secret.text) == secret)
        }
        #expect(Set(secrets.map(\.text)).count == 500)
        #expect(Set(secrets.map(\.hash)).count == 500)
    }

    @Test func `its checksum is the CRC-32 in base62`() {
        // The CRC-32 of "cb_" and 32 zeros is 0x3032B4F6 by zlib.
        struct Least: RandomNumberGenerator {
            // Not 0, which is drawn again whatever the range.
            mutating func next() -> UInt64 { 1 }
        }
        var zeros = Least()
        #expect(TokenSecret.random(using: &zeros).text == "cb_000000000000000000000000000000000sivTC")
    }

    @Test func `any one wrong character is found, without asking the registry`() {
        let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_")
        let text = Array(TokenSecret.random().text)
        for place in text.indices {
            for character in alphabet where character != text[place] {
                var wrong = text
                wrong[place] = character
                #expect(TokenSecret(String(wrong)) == nil)
            }
        }
    }

    @Test func `two neighbours that changed places are found`() {
        let text = Array(TokenSecret.random().text)
        for place in text.indices.dropLast() where text[place] != text[place + 1] {
            var wrong = text
            wrong.swapAt(place, place + 1)
            #expect(TokenSecret(String(wrong)) == nil)
        }
    }

    @Test func `printing it does not give it away`() {
        let secret = TokenSecret.random()
        let printed = "\(secret) \(String(reflecting: secret)) \(String(describing: Optional(secret)))"
        #expect(!printed.contains(secret.text.dropFirst(3)))
        var dumped = ""
        dump(secret, to: &dumped)
        #expect(!dumped.contains(secret.text.dropFirst(3)))
    }
}
