-- Who brought a card to its state, and when; nothing for cards that were moved before.
ALTER TABLE card ADD COLUMN changed_by TEXT;
ALTER TABLE card ADD COLUMN changed_at TIMESTAMPTZ;
