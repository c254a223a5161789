-- Large changes in pieces: the one writer is held for a moment for each, and others take their turn in between.
--
-- A change is staged whole before its first piece counts. From then on it is carried to its end: by the program that
-- began it, or by the next one where that was interrupted. Each piece is removed in the transaction that applies it.
CREATE TABLE work (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    kind     TEXT NOT NULL CONSTRAINT work_kind CHECK (kind IN ('import', 'purge')),
    state    TEXT NOT NULL CONSTRAINT work_state CHECK (state IN ('staged', 'applying')),
    staff    TEXT NOT NULL,
    terminal TEXT NOT NULL,
    begun_at TEXT NOT NULL,
    -- What is changed: the number of the import, or the last entry of the log that a purge removes.
    subject  INTEGER
) STRICT;
CREATE UNIQUE INDEX work_applying ON work (state) WHERE state = 'applying';

CREATE TABLE work_piece (
    work_id  INTEGER NOT NULL REFERENCES work (id),
    position INTEGER NOT NULL,
    content  BLOB NOT NULL,
    PRIMARY KEY (work_id, position)
) STRICT;

CREATE TRIGGER work_step BEFORE UPDATE OF state ON work
WHEN OLD.state <> NEW.state AND OLD.state || ' > ' || NEW.state NOT IN ('staged > applying')
BEGIN SELECT RAISE(ABORT, 'no such step of work'); END;

-- Who names an insured that is removed is found without reading every member.
CREATE INDEX member_earlier_insured ON member (earlier_insured_id) WHERE earlier_insured_id IS NOT NULL;
