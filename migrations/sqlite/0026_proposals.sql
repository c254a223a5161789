-- F2: what one person proposes and another confirms; from whom a person got the first password, and who had asked for it.
ALTER TABLE staff ADD COLUMN handed_by TEXT REFERENCES staff (id);
ALTER TABLE staff ADD COLUMN asked_by TEXT REFERENCES staff (id);
ALTER TABLE staff ADD COLUMN handed_at TEXT;

CREATE TABLE proposal (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    kind        TEXT NOT NULL CONSTRAINT proposal_kind CHECK (kind IN ('staff_add', 'staff_reset', 'staff_role',
        'factor_reset', 'setting_set')),
    -- Staff ID, or key of a setting.
    subject     TEXT NOT NULL,
    -- The change as JSON, without secrets.
    payload     TEXT NOT NULL,
    state       TEXT NOT NULL CONSTRAINT proposal_state CHECK (state IN ('open', 'confirmed', 'refused', 'withdrawn',
        'expired')),
    proposed_by TEXT NOT NULL REFERENCES staff (id),
    proposed_at TEXT NOT NULL,
    -- None where its time ran out, or where it was confirmed on the host.
    decided_by  TEXT REFERENCES staff (id),
    decided_at  TEXT,
    answer      TEXT,
    CONSTRAINT proposal_decided CHECK (state = 'open' OR decided_at IS NOT NULL),
    CONSTRAINT proposal_two_people CHECK (state <> 'confirmed' OR decided_by IS NULL OR decided_by <> proposed_by)
) STRICT;
CREATE UNIQUE INDEX proposal_open ON proposal (kind, subject) WHERE state = 'open';
CREATE TRIGGER proposal_step BEFORE UPDATE ON proposal
WHEN (OLD.state <> 'open' AND OLD.state <> NEW.state)
    OR OLD.kind <> NEW.kind OR OLD.subject <> NEW.subject OR OLD.payload <> NEW.payload
    OR OLD.proposed_by <> NEW.proposed_by OR OLD.proposed_at <> NEW.proposed_at
BEGIN SELECT RAISE(ABORT, 'no such step of proposal'); END;
