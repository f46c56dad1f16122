-- Papers that wait to be read: filled by whoever has them, drained by any number of workers on any number of machines.
--
-- A worker takes rows for a time (due_at is then the end of its lease), keeps their papers, and deletes them. One that dies
-- leaves them to be taken again when the lease is over; keeping a paper twice changes nothing, so each has its effect once.
CREATE TABLE paper_task (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    title text NOT NULL,
    abstract text NOT NULL,
    identifiers text[] NOT NULL,
    published text,
    url text,
    label text,
    source_file text,
    source_line bigint,
    due_at timestamptz NOT NULL DEFAULT now(),
    lease text,
    attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    error text,
    died_at timestamptz
);
CREATE INDEX paper_task_by_due ON paper_task (due_at, id) WHERE died_at IS NULL;
CREATE INDEX paper_task_alive ON paper_task (id) WHERE died_at IS NULL;
CREATE INDEX paper_task_dead ON paper_task (died_at, id) WHERE died_at IS NOT NULL;
COMMENT ON TABLE paper_task IS 'Papers that wait to be read; a row is deleted once its paper is kept';
COMMENT ON COLUMN paper_task.due_at IS 'When it may be taken: at once, after a failure''s pause, or when the lease of who has it is over';
COMMENT ON COLUMN paper_task.lease IS 'Who has it: one word a worker and batch; only that one may delete it';
COMMENT ON COLUMN paper_task.died_at IS 'A dead letter: refused for good, or failed too often; error says why';
