-- Who writes. An account is never deleted, since the history names it.
CREATE TABLE account (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE CHECK (name ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
    role text NOT NULL CHECK (role IN ('contributor', 'reviewer', 'admin')),
    revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    disabled_at timestamptz
);
COMMENT ON TABLE account IS 'A person or a program that may write';
COMMENT ON COLUMN account.name IS 'As written in log and revisions';
COMMENT ON COLUMN account.revision IS 'Counts its changes, so that two who change it at once find out';
COMMENT ON COLUMN account.disabled_at IS 'From when on none of its credentials is taken';

-- Whoever works on the database through the command line. It has no credentials.
INSERT INTO account (name, role) VALUES ('local', 'admin');
