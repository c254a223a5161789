-- Calls: each has its owner, who is on the line, a number to call back and a draft of its note, and can wait.
--
-- A call is open until it ends; until then it is its owner's alone. With a member it ends in a note, which has the text
-- then; without one it keeps the text itself. `phone` and `follow_up_on` of an open call are as typed.
CREATE TABLE call (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    staff        TEXT NOT NULL REFERENCES staff (id),
    started_at   TEXT NOT NULL,
    saved_at     TEXT NOT NULL,
    ended_at     TEXT,
    channel      TEXT NOT NULL CONSTRAINT call_channel CHECK (channel IN ('phone', 'form', 'counter')),
    caller       TEXT CONSTRAINT call_caller CHECK (caller IN ('member', 'proxy', 'guardian', 'bereaved', 'family',
        'employer', 'unknown')),
    name         TEXT NOT NULL,
    phone        TEXT NOT NULL,
    member_id    INTEGER REFERENCES member (id) ON DELETE CASCADE,
    topic        TEXT NOT NULL,
    body         TEXT NOT NULL,
    referred     TEXT CONSTRAINT call_referred CHECK (referred IN ('medical', 'health')),
    follow_up_on TEXT NOT NULL,
    adds_to      INTEGER REFERENCES contact_note (id) ON DELETE SET NULL,
    note_id      INTEGER REFERENCES contact_note (id) ON DELETE SET NULL,
    CONSTRAINT call_note_when CHECK (note_id IS NULL OR ended_at IS NOT NULL)
) STRICT;
CREATE INDEX call_started ON call (started_at);
CREATE INDEX call_open ON call (staff) WHERE ended_at IS NULL;
CREATE INDEX call_member ON call (member_id);
CREATE INDEX call_note ON call (note_id);
CREATE INDEX call_adds_to ON call (adds_to);

-- A draft of a note is the draft of a call now.
INSERT INTO call (staff, started_at, saved_at, channel, caller, name, phone, member_id, topic, body, referred, follow_up_on, adds_to)
    SELECT staff, saved_at, saved_at, json_extract(fields, '$.channel'), json_extract(fields, '$.caller'), '',
        json_extract(fields, '$.phone'), member_id, coalesce(json_extract(fields, '$.topic'), 'other'),
        json_extract(fields, '$.body'), json_extract(fields, '$.referred'), json_extract(fields, '$.follow_up_on'),
        (SELECT n.id FROM contact_note n WHERE n.id = json_extract(fields, '$.adds_to'))
    FROM note_draft;
PRAGMA secure_delete = ON;
DROP TABLE note_draft;
PRAGMA secure_delete = OFF;
