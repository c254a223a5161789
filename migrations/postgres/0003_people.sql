-- How often somebody was shut out (disabled, reset, another role): a console opened before that is shut.
ALTER TABLE staff ADD COLUMN epoch BIGINT NOT NULL DEFAULT 0;

-- The second factor (RFC 6238). A step that was used is never accepted again.
CREATE TABLE staff_totp (
    staff       TEXT PRIMARY KEY REFERENCES staff (id),
    secret      TEXT NOT NULL,
    last_step   BIGINT NOT NULL,
    enrolled_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE recovery_code (
    staff   TEXT NOT NULL REFERENCES staff (id),
    hash    TEXT NOT NULL,
    used_at TIMESTAMPTZ,
    PRIMARY KEY (staff, hash)
);

-- The last entry that was purged, with its hash: the chain begins behind it. One row at most. Who may change and
-- remove entries here is a matter of roles, which the README sets up.
CREATE TABLE audit_floor (
    one  BIGINT PRIMARY KEY CHECK (one = 1),
    seq  BIGINT NOT NULL,
    hash TEXT NOT NULL
);

CREATE INDEX audit_at ON audit (at);
