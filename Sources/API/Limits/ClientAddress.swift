import Glibc
import HTTPTypes
import Hummingbird

/// Where a request comes from, as far as it can be told.
enum ClientAddress {
    /// The address that requests are counted by.
    ///
    /// - Parameters:
    ///   - request: the request.
    ///   - context: its context.
    ///   - proxies: how many proxies stand in front: each adds an address at the end of X-Forwarded-For, so that the one
    ///     added by the outermost is this far from the end. What stands before it is the client's own words.
    /// - Returns: the address, of IPv6 its first half.
    static func of(_ request: Request, _ context: APIContext, proxies: Int) -> String {
        var address = context.remoteAddress ?? "unknown"
        if proxies > 0 {
            let hops = (request.headers[.forwardedFor] ?? "").split(separator: ",").map { $0.filter { $0 != " " } }
            // Fewer than there are proxies: it has not come through all of them, and the last to speak is the best known.
            if let hop = hops.suffix(proxies).first, !hop.isEmpty { address = String(withoutPort(hop).prefix(64)) }
        }
        return counted(address)
    }

    /// An address as some proxies write it, `192.0.2.1:4711` or `[2001:db8::1]:4711`, without the port: each connection of a
    /// client has another one.
    static func withoutPort(_ hop: some StringProtocol) -> String {
        if hop.hasPrefix("["), let end = hop.firstIndex(of: "]") {
            return String(hop[hop.index(after: hop.startIndex)..<end])
        }
        let parts = hop.split(separator: ":", omittingEmptySubsequences: false)
        // More colons stand in an IPv6 address, where nothing but brackets could tell a port from its end.
        return String(parts.count == 2 ? parts[0] : hop[...])
    }

    /// The part of an address that stands for one client: of IPv6 the first half, since that is what one client is given.
    static func counted(_ address: String) -> String {
        guard address.contains(":") else { return address }
        var parsed = in6_addr()
        guard inet_pton(AF_INET6, String(address.prefix { $0 != "%" }), &parsed) == 1 else { return address }
        return withUnsafeBytes(of: &parsed) { bytes in
            // ::ffff:a.b.c.d is the IPv4 address a.b.c.d.
            if bytes.prefix(12).elementsEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]) {
                return bytes.suffix(4).map(String.init).joined(separator: ".")
            }
            return stride(from: 0, to: 8, by: 2).map { String(Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]), radix: 16) }
                .joined(separator: ":")
        }
    }
}
