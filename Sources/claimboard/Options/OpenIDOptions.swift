import API
import ArgumentParser
import Registry

/// The OpenID issuer whose assertions let in, besides tokens.
struct OpenIDOptions: ParsableArguments {
    @Option(
        name: .customLong("oidc-issuer"),
        help: ArgumentHelp(
            "An OpenID issuer whose JSON Web Tokens let in, too. Default: $CLAIMBOARD_OIDC_ISSUER, else none.",
            valueName: "url"
        )
    )
    var issuer: String?

    @Option(
        name: .customLong("oidc-audience"),
        help: ArgumentHelp(
            "Whom its tokens must be for (aud). Default: $CLAIMBOARD_OIDC_AUDIENCE.",
            valueName: "name"
        )
    )
    var audience: String?

    @Option(
        name: .customLong("oidc-jwks-url"),
        help: ArgumentHelp(
            "Where its keys are. Default: $CLAIMBOARD_OIDC_JWKS_URL, else what its configuration says.",
            valueName: "url"
        )
    )
    var keysURL: String?

    @Option(
        name: .customLong("oidc-role-claim"),
        help: ArgumentHelp(
            "The claim that tells the role, such as groups or realm_access.roles. Default: $CLAIMBOARD_OIDC_ROLE_CLAIM, "
                + "else roles are given out here.",
            valueName: "claim"
        )
    )
    var roleClaim: String?

    @Option(
        name: .customLong("oidc-roles"),
        help: ArgumentHelp(
            "What values of the claim stand for, such as editors=reviewer,staff=admin. Default: $CLAIMBOARD_OIDC_ROLES.",
            valueName: "value=role,..."
        )
    )
    var roles: String?

    @Option(
        name: .customLong("oidc-default-role"),
        help: ArgumentHelp(
            "The role without such a value: contributor, reviewer, admin, or none to keep out. "
                + "Default: $CLAIMBOARD_OIDC_DEFAULT_ROLE, else contributor.",
            valueName: "role"
        )
    )
    var defaultRole: String?

    /// The issuer as configured, from flags and environment in this order; `nil` for none.
    ///
    /// - Throws: `ValidationError` with what is wrong or missing.
    func configuration() throws -> OpenIDConfiguration? {
        guard let issuer = issuer ?? environment("CLAIMBOARD_OIDC_ISSUER") else {
            let others = [audience, keysURL, roleClaim, roles, defaultRole]
            guard others.allSatisfy({ $0 == nil }) else {
                throw ValidationError("The --oidc options go with --oidc-issuer.")
            }
            return nil
        }
        guard let audience = audience ?? environment("CLAIMBOARD_OIDC_AUDIENCE") else {
            throw ValidationError(
                "--oidc-issuer goes with --oidc-audience: tokens for other services let nobody in here."
            )
        }
        do throws(ConfigurationFault) {
            var configuration = try OpenIDConfiguration(
                issuer: issuer,
                audience: audience,
                keysURL: keysURL ?? environment("CLAIMBOARD_OIDC_JWKS_URL")
            )
            configuration.roleClaim = roleClaim ?? environment("CLAIMBOARD_OIDC_ROLE_CLAIM")
            configuration.roles = try Self.roles(roles ?? environment("CLAIMBOARD_OIDC_ROLES") ?? "")
            configuration.defaultRole = try Self.defaultRole(
                defaultRole ?? environment("CLAIMBOARD_OIDC_DEFAULT_ROLE") ?? Role.contributor.rawValue
            )
            guard (configuration.roleClaim == nil) == configuration.roles.isEmpty else {
                throw ConfigurationFault("--oidc-role-claim and --oidc-roles go together")
            }
            return configuration
        } catch {
            throw ValidationError("\(error).")
        }
    }

    private static func roles(_ text: String) throws(ConfigurationFault) -> [String: Role] {
        var roles: [String: Role] = [:]
        for pair in text.split(separator: ",") {
            let parts = pair.split(separator: "=").map { $0.filter { $0 != " " } }
            guard parts.count == 2, let role = Role(rawValue: parts[1]), roles[parts[0]] == nil else {
                throw ConfigurationFault("--oidc-roles wants pairs such as staff=admin,editors=reviewer, not \(pair)")
            }
            roles[parts[0]] = role
        }
        return roles
    }

    private static func defaultRole(_ text: String) throws(ConfigurationFault) -> Role? {
        if text == "none" { return nil }
        guard let role = Role(rawValue: text) else {
            throw ConfigurationFault("--oidc-default-role is contributor, reviewer, admin or none, not \(text)")
        }
        return role
    }
}
