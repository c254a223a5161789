-- How often somebody was shut out (disabled, reset, another role): a console opened before that is shut.
ALTER TABLE staff ADD COLUMN epoch BIGINT NOT NULL DEFAULT 0;

-- The second factor (RFC 6238). A step that was used is never accepted again.
CREATE TABLE staff_totp (
    staff       TEXT PRIMARY KEY REFERENCES staff (id),
    secret      TEXT NOT NULL,
    last_step   BIGINT NOT NULL,
    enrolled_at DATETIME NOT NULL
);
CREATE TABLE recovery_code (
    staff   TEXT NOT NULL REFERENCES staff (id),
    hash    TEXT NOT NULL,
    used_at DATETIME,
    PRIMARY KEY (staff, hash)
);

-- The last entry that was purged, with its hash: the chain begins behind it. One row at most.
CREATE TABLE audit_floor (
    one  BIGINT PRIMARY KEY CHECK (one = 1),
    seq  BIGINT NOT NULL,
    hash TEXT NOT NULL
);
-- Entries are never changed, and only those below the floor are purged. This stops mistakes; whoever holds the file
-- can drop a trigger, and then the chain shows it.
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
WHEN OLD.seq > (SELECT coalesce(max(seq), 0) FROM audit_floor)
BEGIN SELECT RAISE(ABORT, 'audit entries are purged below the floor only'); END;

CREATE INDEX audit_at ON audit (at);
