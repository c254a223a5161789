-- H3, B11: the insured on a dependent's card is approved and printed like the rest of it.
ALTER TABLE approved_card ADD COLUMN insured TEXT;
ALTER TABLE approved_card ADD COLUMN relationship TEXT;
DROP TRIGGER approved_card_is_never_changed;
CREATE TRIGGER approved_card_is_never_changed BEFORE UPDATE ON approved_card
WHEN OLD.serial IS NOT NULL OR NEW.batch <> OLD.batch OR NEW.card_id <> OLD.card_id OR NEW.kind IS NOT OLD.kind
    OR NEW.member <> OLD.member OR NEW.name <> OLD.name OR NEW.born_on IS NOT OLD.born_on
    OR NEW.employer_code IS NOT OLD.employer_code OR NEW.company <> OLD.company OR NEW.postcode IS NOT OLD.postcode
    OR NEW.address1 <> OLD.address1 OR NEW.address2 <> OLD.address2 OR NEW.department <> OLD.department
    OR NEW.contact <> OLD.contact OR NEW.insured IS NOT OLD.insured OR NEW.relationship IS NOT OLD.relationship
    OR NEW.approved_at <> OLD.approved_at
BEGIN SELECT RAISE(ABORT, 'what was approved is never changed'); END;
