-- Requests as cases: what a tick rests on and what a supervisor let pass, who works on one, when it goes on, to which
-- section it was answered, and a settled one that is taken up again.
ALTER TABLE request ADD COLUMN called TEXT;
ALTER TABLE request ADD COLUMN overridden TEXT NOT NULL DEFAULT '';
ALTER TABLE request ADD COLUMN override_by TEXT;
ALTER TABLE request ADD COLUMN override_at TIMESTAMPTZ;
ALTER TABLE request ADD COLUMN override_reason TEXT CONSTRAINT request_overridden CHECK (
    (override_reason IS NULL) = (overridden = '') AND (override_by IS NULL) = (overridden = '')
    AND (override_at IS NULL) = (overridden = ''));
ALTER TABLE request ADD COLUMN assignee TEXT;
ALTER TABLE request ADD COLUMN follow_up_on DATE;
ALTER TABLE request ADD COLUMN referred TEXT CONSTRAINT request_referred CHECK (referred IN ('medical', 'health'));

DROP TRIGGER request_step ON request;
CREATE TRIGGER request_step BEFORE UPDATE OF state ON request FOR EACH ROW
WHEN (OLD.state <> NEW.state AND OLD.state || ' > ' || NEW.state NOT IN (
    'new > verifying', 'new > on_hold', 'new > rejected', 'new > done', 'verifying > queued', 'verifying > on_hold',
    'verifying > rejected', 'verifying > done', 'on_hold > verifying', 'on_hold > rejected', 'on_hold > done',
    'queued > done', 'queued > on_hold', 'queued > verifying', 'done > on_hold', 'done > verifying',
    'rejected > verifying'))
EXECUTE FUNCTION refuse_step();

-- Whether the caller was identified before the note was written: a number to call back counts only then (Q-7).
ALTER TABLE contact_note ADD COLUMN identified BOOLEAN NOT NULL DEFAULT FALSE;
