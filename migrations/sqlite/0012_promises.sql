-- Protective measures (R7), what the society owes its members (P1), and why cards came back (B10).
CREATE TABLE protective_measure (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    -- The membership under which it was set; it holds for the person (H1).
    member_id  INTEGER NOT NULL REFERENCES member (id),
    set_by     TEXT NOT NULL,
    set_at     TEXT NOT NULL,
    reason     TEXT NOT NULL,
    ended_by   TEXT,
    ended_at   TEXT,
    end_reason TEXT,
    CONSTRAINT protective_measure_ended CHECK ((ended_by IS NULL) = (ended_at IS NULL)
        AND (ended_by IS NULL) = (end_reason IS NULL))
) STRICT;
CREATE UNIQUE INDEX protective_measure_open ON protective_measure (member_id) WHERE ended_at IS NULL;
CREATE INDEX protective_measure_member ON protective_measure (member_id);

-- What is owed follows from cards, accounts and requests. Here is what was said about it: when the member is called, by
-- whom, and why it needs no answer.
CREATE TABLE promise (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    member_id  INTEGER NOT NULL REFERENCES member (id),
    kind       TEXT NOT NULL CONSTRAINT promise_kind CHECK (kind IN ('viewing', 'login')),
    said_by    TEXT NOT NULL,
    said_at    TEXT NOT NULL,
    next_on    TEXT,
    owner      TEXT,
    note       TEXT NOT NULL,
    closed_how TEXT CONSTRAINT promise_closed_how CHECK (closed_how IN ('kept', 'not_needed')),
    closed_by  TEXT,
    closed_at  TEXT,
    closing    TEXT,
    CONSTRAINT promise_closed CHECK ((closed_how IS NULL) = (closed_by IS NULL)
        AND (closed_how IS NULL) = (closed_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX promise_open ON promise (member_id, kind) WHERE closed_at IS NULL;
CREATE INDEX promise_member ON promise (member_id, kind);

ALTER TABLE card ADD COLUMN return_reason TEXT CONSTRAINT card_return_reason CHECK (return_reason IN ('address_unknown',
    'left', 'refused', 'storage_expired', 'other'));

-- The accounts whose member wishes the display and has no own password, and the cards that serve an account: the list of
-- what is owed compares the two.
CREATE INDEX account_wishing ON account (member_id)
    WHERE closed_at IS NULL AND web_display = 'wanted' AND viewing_changed_at IS NULL;
CREATE INDEX card_serving ON card (account_id, kind)
    WHERE dead_reason IS NULL AND state IN ('queued', 'drafted', 'exported', 'printed', 'dispatched');
