-- 対応記録: who saw to a follow-up and what came of it, where the caller was sent on to, and the text as it is searched
-- (folded; notes written before are found by their own words).
ALTER TABLE contact_note ADD COLUMN done_by TEXT;
ALTER TABLE contact_note ADD COLUMN closing TEXT;
ALTER TABLE contact_note ADD COLUMN referred TEXT;
ALTER TABLE contact_note ADD COLUMN search TEXT NOT NULL DEFAULT '';
UPDATE contact_note SET search = body;
