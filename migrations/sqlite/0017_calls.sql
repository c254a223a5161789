-- Calls: who called, a number to call back, addenda to notes, and drafts.
--
-- A note is never changed: what is added or corrected is a note of its own that names the first one. A draft is its
-- author's alone, and goes when the note is written.
ALTER TABLE contact_note ADD COLUMN caller TEXT;
ALTER TABLE contact_note ADD COLUMN phone TEXT NOT NULL DEFAULT '';
ALTER TABLE contact_note ADD COLUMN adds_to INTEGER REFERENCES contact_note (id) ON DELETE SET NULL;
CREATE INDEX contact_note_adds_to ON contact_note (adds_to);

DROP TRIGGER contact_note_codes_new;
DROP TRIGGER contact_note_codes_set;
CREATE TRIGGER contact_note_codes_new BEFORE INSERT ON contact_note
WHEN NEW.channel NOT IN ('phone', 'form', 'counter')
    OR NEW.referred NOT IN ('medical', 'health')
    OR NEW.caller NOT IN ('member', 'proxy', 'guardian', 'bereaved', 'family', 'employer', 'unknown')
BEGIN SELECT RAISE(ABORT, 'unknown code in contact_note'); END;
CREATE TRIGGER contact_note_codes_set BEFORE UPDATE OF channel, referred, caller ON contact_note
WHEN NEW.channel NOT IN ('phone', 'form', 'counter')
    OR NEW.referred NOT IN ('medical', 'health')
    OR NEW.caller NOT IN ('member', 'proxy', 'guardian', 'bereaved', 'family', 'employer', 'unknown')
BEGIN SELECT RAISE(ABORT, 'unknown code in contact_note'); END;

CREATE TABLE note_draft (
    staff     TEXT NOT NULL REFERENCES staff (id),
    member_id INTEGER NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    fields    TEXT NOT NULL,
    saved_at  TEXT NOT NULL,
    PRIMARY KEY (staff, member_id)
) STRICT;
CREATE INDEX note_draft_member ON note_draft (member_id);
