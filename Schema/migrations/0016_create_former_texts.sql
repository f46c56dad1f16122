CREATE TABLE former_text (
    text_hash bytea PRIMARY KEY CHECK (octet_length(text_hash) = 32),
    paper_id bigint NOT NULL REFERENCES paper ON DELETE CASCADE
);
CREATE INDEX former_text_by_paper ON former_text (paper_id);
COMMENT ON TABLE former_text IS
    'The texts that papers had before: whoever brings one again brings nothing new, and does not take back the newer one';
COMMENT ON COLUMN former_text.text_hash IS 'As paper.text_hash was';
