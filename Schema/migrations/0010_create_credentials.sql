-- What lets an account in: tokens of this service, and identities that an OpenID issuer vouches for.
CREATE TABLE token (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id bigint NOT NULL REFERENCES account,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    hash bytea NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
    scopes text[] NOT NULL CHECK (
        scopes <@ ARRAY['papers:write', 'corrections:write', 'corrections:review', 'admin'] AND cardinality(scopes) > 0),
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    last_used_at timestamptz,
    revoked_at timestamptz
);
CREATE INDEX token_by_account ON token (account_id, id);
COMMENT ON TABLE token IS 'Secrets that let an account in; kept when revoked or expired';
COMMENT ON COLUMN token.name IS 'What its holder calls it, to know it again';
COMMENT ON COLUMN token.hash IS 'SHA-256 of the secret, which is not kept: it has 190 random bits, so that no salt is needed';
COMMENT ON COLUMN token.scopes IS 'What it allows, as long as the account''s role allows it, too';
COMMENT ON COLUMN token.last_used_at IS 'To about a minute';

CREATE TABLE account_identity (
    issuer text NOT NULL,
    subject text NOT NULL,
    account_id bigint NOT NULL UNIQUE REFERENCES account,
    role_told_at bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (issuer, subject)
);
COMMENT ON TABLE account_identity IS 'Who an OpenID issuer says that an account is';
COMMENT ON COLUMN account_identity.role_told_at IS
    'When the assertion was issued (iat, in seconds) that the account has its role from; 0 where it is not from one';
