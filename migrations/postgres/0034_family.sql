-- H3, B11: the insured on a dependent's card is approved and printed like the rest of it.
ALTER TABLE approved_card ADD COLUMN insured TEXT;
ALTER TABLE approved_card ADD COLUMN relationship TEXT;
DROP TRIGGER approved_card_is_never_changed ON approved_card;
CREATE TRIGGER approved_card_is_never_changed BEFORE UPDATE ON approved_card FOR EACH ROW
WHEN (OLD.serial IS NOT NULL OR (NEW.batch, NEW.card_id, NEW.kind, NEW.member, NEW.name, NEW.born_on, NEW.employer_code,
        NEW.company, NEW.postcode, NEW.address1, NEW.address2, NEW.department, NEW.contact, NEW.insured,
        NEW.relationship, NEW.approved_at)
    IS DISTINCT FROM (OLD.batch, OLD.card_id, OLD.kind, OLD.member, OLD.name, OLD.born_on, OLD.employer_code,
        OLD.company, OLD.postcode, OLD.address1, OLD.address2, OLD.department, OLD.contact, OLD.insured,
        OLD.relationship, OLD.approved_at))
EXECUTE FUNCTION refuse_change();
