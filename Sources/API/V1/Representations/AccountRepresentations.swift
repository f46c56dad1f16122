package import Formats
import Registry

extension Account: JSONValue {
    /// Writes an account.
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id)
            json.member("name", name)
            json.member("role", role.rawValue)
            json.member("disabled", disabledAt != nil)
            json.member("revision", revision)
            json.member("created_at", createdAt)
            json.member("disabled_at", disabledAt)
            json.member("issuer", issuer)
        }
    }
}

extension AccessToken: JSONValue {
    /// Writes a token without its secret.
    package func write(to json: inout JSONWriter) {
        json.object { members(to: &$0) }
    }

    /// Writes the members of a token.
    func members(to json: inout JSONWriter) {
        json.member("id", id)
        json.member("account_id", accountID)
        json.member("account", accountName)
        json.member("name", name)
        json.member("scopes", scopes.map(\.rawValue))
        json.member("created_by", createdBy)
        json.member("created_at", createdAt)
        json.member("expires_at", expiresAt)
        json.member("last_used_at", lastUsedAt)
        json.member("revoked_at", revokedAt)
    }
}

extension Sender: JSONValue {
    /// Writes who it is and what its credential allows.
    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", principal.accountID)
            json.member("name", principal.name)
            json.member("role", principal.role.rawValue)
            json.member("scopes", Scope.allCases.filter(principal.scopes.contains).map(\.rawValue))
            json.object("credential") { json in
                switch credential {
                case .token(let token):
                    json.member("kind", "token")
                    json.member("token_id", token.id)
                    json.member("name", token.name)
                    json.member("issuer", nil as String?)
                    json.member("expires_at", token.expiresAt)
                case .assertion(let issuer, let expiresAt):
                    json.member("kind", "assertion")
                    json.member("token_id", nil as Int64?)
                    json.member("name", nil as String?)
                    json.member("issuer", issuer)
                    json.member("expires_at", UTCTime.text(expiresAt))
                }
            }
        }
    }
}
