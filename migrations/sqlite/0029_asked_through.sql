-- What a card was asked through: by a person of the staff, or by an event of the portal. `asked_by` is who did that, and for
-- an event who imported it. Only events have the first two causes, and admins import, but ask for no card.
ALTER TABLE card ADD COLUMN asked_through TEXT NOT NULL DEFAULT 'staff' CONSTRAINT card_asked_through
    CHECK (asked_through IN ('staff', 'portal'));
UPDATE card SET asked_through = 'portal' WHERE asked_by = 'portal' OR cause IN ('registered', 'display_on')
    OR cause = 'reissue' AND asked_by IN (SELECT id FROM staff WHERE role = 'admin');
