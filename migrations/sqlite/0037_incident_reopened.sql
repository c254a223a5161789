-- A closed incident can be taken up again: what was done until then stays as an entry, and so does the reason.
CREATE TABLE entry_new (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    incident_id INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
    kind        TEXT NOT NULL CONSTRAINT incident_entry_kind CHECK (kind IN ('note', 'preliminary', 'final',
        'member_told', 'not_reportable', 'closed', 'reopened')),
    done_on     TEXT NOT NULL,
    text        TEXT NOT NULL,
    by_staff    TEXT NOT NULL REFERENCES staff (id),
    at          TEXT NOT NULL
) STRICT;
INSERT INTO entry_new (id, incident_id, kind, done_on, text, by_staff, at)
    SELECT id, incident_id, kind, done_on, text, by_staff, at FROM incident_entry ORDER BY id;
DROP TABLE incident_entry;
ALTER TABLE entry_new RENAME TO incident_entry;
CREATE INDEX incident_entry_of ON incident_entry (incident_id);
CREATE TRIGGER incident_entry_kept BEFORE UPDATE ON incident_entry
BEGIN SELECT RAISE(ABORT, 'entries of an incident are only appended'); END;
DROP TRIGGER incident_step;
CREATE TRIGGER incident_step BEFORE UPDATE OF state ON incident
WHEN OLD.state <> NEW.state AND OLD.state || ' > ' || NEW.state NOT IN ('open > closed', 'closed > open')
BEGIN SELECT RAISE(ABORT, 'no such step of incident'); END;
