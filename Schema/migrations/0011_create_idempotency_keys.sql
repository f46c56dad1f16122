-- The answers to requests that came with an Idempotency-Key, kept for a day. A row is written in the transaction of the
-- effect: either both are there or neither is. While that transaction runs, an advisory lock on account and key tells
-- others that the request is under way.
CREATE TABLE idempotency_key (
    account_id bigint NOT NULL REFERENCES account,
    key text NOT NULL CHECK (char_length(key) BETWEEN 1 AND 255),
    fingerprint bytea NOT NULL CHECK (octet_length(fingerprint) = 32),
    status integer NOT NULL CHECK (status BETWEEN 200 AND 499),
    headers jsonb NOT NULL CHECK (jsonb_typeof(headers) = 'object'),
    body bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, key)
);
CREATE INDEX idempotency_key_by_time ON idempotency_key (created_at);
COMMENT ON TABLE idempotency_key IS 'First answers, to be given again to the same request';
COMMENT ON COLUMN idempotency_key.fingerprint IS 'SHA-256 over method, target, media type and content of the request';
