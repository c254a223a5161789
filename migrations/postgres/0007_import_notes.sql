-- Rows that an import took although something about them deserves a look: the first thousand of each import.
CREATE TABLE import_note (
    run_id BIGINT NOT NULL REFERENCES import_run (id),
    line   BIGINT NOT NULL,
    key    TEXT NOT NULL,
    code   TEXT NOT NULL,
    PRIMARY KEY (run_id, line, code)
);
