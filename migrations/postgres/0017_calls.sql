-- Calls: who called, a number to call back, addenda to notes, and drafts.
--
-- A note is never changed: what is added or corrected is a note of its own that names the first one. A draft is its
-- author's alone, and goes when the note is written.
ALTER TABLE contact_note
    ADD COLUMN caller TEXT,
    ADD COLUMN phone TEXT NOT NULL DEFAULT '',
    ADD COLUMN adds_to BIGINT REFERENCES contact_note (id) ON DELETE SET NULL,
    ADD CONSTRAINT contact_note_caller CHECK (caller IN ('member', 'proxy', 'guardian', 'bereaved', 'family', 'employer',
        'unknown'));
CREATE INDEX contact_note_adds_to ON contact_note (adds_to);

CREATE TABLE note_draft (
    staff     TEXT COLLATE "C" NOT NULL REFERENCES staff (id),
    member_id BIGINT NOT NULL REFERENCES member (id) ON DELETE CASCADE,
    fields    TEXT NOT NULL,
    saved_at  TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (staff, member_id)
);
CREATE INDEX note_draft_member ON note_draft (member_id);
