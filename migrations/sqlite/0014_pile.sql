-- Paper follows the cards in hand: runs that make spoiled cards again, editions of letters and receipts, cards that an
-- employer could not hand over, and what people say about a batch.

-- B13: spoiled cards that were made again inside their batch; the first export is the batch's own.
CREATE TABLE remake_run (
    batch_id    INTEGER NOT NULL REFERENCES batch (id),
    run         INTEGER NOT NULL CONSTRAINT remake_run_number CHECK (run >= 2),
    cards       INTEGER NOT NULL,
    exported_by TEXT NOT NULL,
    exported_at TEXT NOT NULL,
    printed_by  TEXT,
    printed_at  TEXT,
    expired_at  TEXT,
    PRIMARY KEY (batch_id, run),
    CONSTRAINT remake_run_ended CHECK (printed_at IS NULL OR expired_at IS NULL)
) STRICT;

-- B12: which cards the letters and receipts of an edition are about, as ranges of card ids.
CREATE TABLE paper_edition (
    batch_id INTEGER NOT NULL REFERENCES batch (id),
    edition  INTEGER NOT NULL,
    cards    TEXT NOT NULL,
    made_by  TEXT NOT NULL,
    made_at  TEXT NOT NULL,
    PRIMARY KEY (batch_id, edition)
) STRICT;

-- Which run a file with passwords is of, and which edition a paper.
ALTER TABLE batch_file ADD COLUMN run INTEGER NOT NULL DEFAULT 1;
ALTER TABLE batch_file ADD COLUMN edition INTEGER;

-- B15: a dispatched card that its employer could not hand over.
CREATE TABLE undelivered (
    card_id  INTEGER PRIMARY KEY REFERENCES card (id),
    reason   TEXT NOT NULL CONSTRAINT undelivered_reason CHECK (reason IN ('left', 'transferred', 'on_leave', 'refused',
        'unknown')),
    noted_on TEXT NOT NULL,
    noted_by TEXT NOT NULL
) STRICT;

-- B17: comments on a batch, and why an approver sent it back.
CREATE TABLE batch_comment (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    batch_id INTEGER NOT NULL REFERENCES batch (id),
    kind     TEXT NOT NULL CONSTRAINT batch_comment_kind CHECK (kind IN ('comment', 'sent_back')),
    text     TEXT NOT NULL,
    -- How many cards had left the batch when it was sent back: a later one is a change.
    had_left INTEGER NOT NULL,
    by_staff TEXT NOT NULL,
    at       TEXT NOT NULL
) STRICT;
CREATE INDEX batch_comment_batch ON batch_comment (batch_id);
