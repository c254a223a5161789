-- A closed incident can be taken up again: what was done until then stays as an entry, and so does the reason.
ALTER TABLE incident_entry
    DROP CONSTRAINT incident_entry_kind,
    ADD CONSTRAINT incident_entry_kind CHECK (kind IN ('note', 'preliminary', 'final', 'member_told', 'not_reportable',
        'closed', 'reopened'));
DROP TRIGGER incident_step ON incident;
CREATE TRIGGER incident_step BEFORE UPDATE OF state ON incident FOR EACH ROW
WHEN (OLD.state <> NEW.state AND OLD.state || ' > ' || NEW.state NOT IN ('open > closed', 'closed > open'))
EXECUTE FUNCTION refuse_step();
