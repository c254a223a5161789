-- Replies to requests (Q-8): each is a row with its text, from the draft to who sent it, when and how.
CREATE TABLE reply (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    request_id  INTEGER NOT NULL REFERENCES request (id) ON DELETE CASCADE,
    state       TEXT NOT NULL CONSTRAINT reply_state CHECK (state IN ('draft', 'exported', 'sent', 'withdrawn',
        'unrecorded')),
    -- In which language the sender is written to.
    language    TEXT NOT NULL CONSTRAINT reply_language CHECK (language IN ('ja', 'en')),
    body        TEXT NOT NULL,
    -- None of what was written before replies were recorded.
    drafted_by  TEXT,
    drafted_at  TEXT,
    exported_by TEXT,
    exported_at TEXT,
    -- Who sent or withdrew it. None where the program withdrew it.
    ended_by    TEXT,
    ended_at    TEXT,
    via         TEXT CONSTRAINT reply_via CHECK (via IN ('mail', 'phone', 'post')),
    CONSTRAINT reply_drafted CHECK (state = 'unrecorded' OR drafted_at IS NOT NULL),
    CONSTRAINT reply_exported CHECK (state <> 'exported' OR exported_at IS NOT NULL),
    CONSTRAINT reply_ended CHECK (state NOT IN ('sent', 'withdrawn') OR ended_at IS NOT NULL),
    CONSTRAINT reply_sent CHECK (state <> 'sent' OR via IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX reply_draft ON reply (request_id) WHERE state = 'draft';
CREATE INDEX reply_request ON reply (request_id);
CREATE INDEX reply_waiting ON reply (state, drafted_at) WHERE state IN ('draft', 'exported');

-- Nothing is recorded of how these were sent.
INSERT INTO reply (request_id, state, language, body)
    SELECT id, 'unrecorded', 'ja', reply FROM request WHERE reply IS NOT NULL ORDER BY id;
PRAGMA secure_delete = ON;
ALTER TABLE request DROP COLUMN reply;
PRAGMA secure_delete = OFF;

CREATE TRIGGER reply_step BEFORE UPDATE ON reply
WHEN (OLD.state <> NEW.state AND OLD.state || ' > ' || NEW.state NOT IN ('draft > exported', 'draft > sent',
        'draft > withdrawn', 'exported > draft', 'exported > sent', 'exported > withdrawn'))
    OR OLD.request_id <> NEW.request_id
    OR (OLD.body <> NEW.body AND NEW.state <> 'draft')
BEGIN SELECT RAISE(ABORT, 'no such step of reply'); END;
