internal import Formats

extension Account {
    /// Writes what the log says of an account.
    func describe(to json: inout JSONWriter) {
        json.member("account", id)
        json.member("name", name)
        json.member("role", role.rawValue)
        json.member("disabled", disabledAt != nil)
    }
}

extension AccessToken {
    /// Writes what the log says of a token: neither the secret nor its hash, nor what its holder calls it.
    func describe(to json: inout JSONWriter) {
        json.member("account", accountID)
        json.member("token", id)
        json.array("scopes", of: scopes) { $0.value($1.rawValue) }
        json.member("expires_at", expiresAt)
    }
}
