-- Who writes. An account is never deleted, since the history names it.
CREATE TABLE account (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE CHECK (name ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
    role text NOT NULL CHECK (role IN ('contributor', 'reviewer', 'admin')),
    created_at timestamptz NOT NULL DEFAULT now(),
    disabled_at timestamptz
);
COMMENT ON TABLE account IS 'A person or a program that may write';
COMMENT ON COLUMN account.name IS 'As written in log and revisions';
COMMENT ON COLUMN account.disabled_at IS 'From when on none of its credentials is taken';

-- Whoever holds the token that the operator has set for the service.
INSERT INTO account (name, role) VALUES ('local', 'admin');
