-- An approval binds what is sent, a batch can expire, and a changed address waits for a second person.
--
-- What was approved for a card stays with it (R5, B11), new reasons hold cards and end passwords (B7), a batch whose PDF
-- is gone before the printing is expired (B16), and a changed representative address is confirmed by another person than
-- its importer (R6).
ALTER TABLE batch
    -- B11: what was approved besides the cards, as JSON, and the digest over all of it.
    ADD COLUMN approval TEXT,
    ADD COLUMN approval_digest TEXT,
    -- B16: when its PDF was found to be gone.
    ADD COLUMN expired_at TIMESTAMPTZ,
    ADD CONSTRAINT batch_approved_what CHECK ((approval IS NULL) = (approval_digest IS NULL)),
    DROP CONSTRAINT batch_state,
    ADD CONSTRAINT batch_state CHECK (state IN ('draft', 'approved', 'exported', 'printed', 'dispatched', 'cancelled',
        'expired'));
ALTER TABLE card
    DROP CONSTRAINT card_cause,
    ADD CONSTRAINT card_cause CHECK (cause IN ('registered', 'display_on', 'reissue', 'request', 'without_request',
        'spoiled', 'pulled', 'returned', 'expired')),
    DROP CONSTRAINT card_reason,
    ADD CONSTRAINT card_reason CHECK (reason IN ('voluntary', 'withdrawn', 'no_employer', 'no_address', 'unprintable',
        'by_hand', 'address_changed', 'insured_lost', 'protected', 'too_close')),
    DROP CONSTRAINT card_dead_reason,
    ADD CONSTRAINT card_dead_reason CHECK (dead_reason IN ('superseded', 'self_changed', 'display_off', 'member_lost',
        'number_changed', 'returned', 'by_hand', 'recovered', 'other_person', 'insured_lost', 'moved', 'withdrawn',
        'other_employer', 'protected', 'too_close', 'expired'));
ALTER TABLE account
    DROP CONSTRAINT account_closed_reason,
    ADD CONSTRAINT account_closed_reason CHECK (closed_reason IN ('superseded', 'self_changed', 'display_off',
        'member_lost', 'number_changed', 'returned', 'by_hand', 'recovered', 'other_person', 'insured_lost', 'moved',
        'withdrawn', 'other_employer', 'protected', 'too_close', 'expired'));

DROP TRIGGER card_step ON card;
CREATE TRIGGER card_step BEFORE UPDATE OF state ON card FOR EACH ROW
WHEN (OLD.state <> NEW.state AND OLD.state || ' > ' || NEW.state NOT IN (
    'queued > held', 'queued > cancelled', 'queued > drafted', 'held > queued', 'held > cancelled',
    'drafted > queued', 'drafted > held', 'drafted > cancelled', 'drafted > exported', 'exported > queued',
    'exported > cancelled', 'exported > spoiled', 'exported > printed', 'printed > spoiled', 'printed > pulled',
    'printed > dispatched', 'dispatched > returned'))
EXECUTE FUNCTION refuse_step();
DROP TRIGGER batch_step ON batch;
CREATE TRIGGER batch_step BEFORE UPDATE OF state ON batch FOR EACH ROW
WHEN (OLD.state <> NEW.state AND OLD.state || ' > ' || NEW.state NOT IN (
    'draft > approved', 'draft > cancelled', 'approved > exported', 'approved > cancelled', 'exported > printed',
    'exported > cancelled', 'exported > expired', 'printed > dispatched'))
EXECUTE FUNCTION refuse_step();

-- R5, H3: what was approved for a card, for whom and to where, with its serial and template once it is printed; never the
-- password. No foreign key: it outlives the card, and goes with the log.
CREATE TABLE approved_card (
    batch           TEXT NOT NULL,
    card_id         BIGINT NOT NULL,
    serial          TEXT UNIQUE,
    kind            TEXT CONSTRAINT approved_card_kind CHECK (kind IN ('viewing', 'login')),
    member          TEXT NOT NULL,
    name            TEXT NOT NULL,
    born_on         DATE,
    employer_code   TEXT,
    company         TEXT NOT NULL,
    postcode        TEXT,
    address1        TEXT NOT NULL,
    address2        TEXT NOT NULL,
    department      TEXT NOT NULL,
    contact         TEXT NOT NULL,
    approved_at     TIMESTAMPTZ NOT NULL,
    exported_at     TIMESTAMPTZ,
    template        TEXT,
    template_sha256 TEXT,
    PRIMARY KEY (batch, card_id),
    CONSTRAINT approved_card_printed CHECK ((serial IS NULL) = (exported_at IS NULL))
);
CREATE INDEX approved_card_card ON approved_card (card_id);
CREATE INDEX approved_card_at ON approved_card (approved_at);

-- R6: a representative address that an import changed, until another person than the importer confirms it.
CREATE TABLE address_change (
    id             BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    employer_id    BIGINT NOT NULL REFERENCES employer (id),
    run_id         BIGINT REFERENCES import_run (id),
    changed_by     TEXT NOT NULL,
    changed_at     TIMESTAMPTZ NOT NULL,
    old_name       TEXT NOT NULL,
    old_postcode   TEXT,
    old_address1   TEXT NOT NULL,
    old_address2   TEXT NOT NULL,
    old_department TEXT NOT NULL,
    old_contact    TEXT NOT NULL,
    new_name       TEXT NOT NULL,
    new_postcode   TEXT,
    new_address1   TEXT NOT NULL,
    new_address2   TEXT NOT NULL,
    new_department TEXT NOT NULL,
    new_contact    TEXT NOT NULL,
    confirmed_by   TEXT,
    confirmed_at   TIMESTAMPTZ,
    CONSTRAINT address_change_two_people CHECK (confirmed_by <> changed_by),
    CONSTRAINT address_change_confirmed CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL))
);
CREATE UNIQUE INDEX address_change_open ON address_change (employer_id) WHERE confirmed_at IS NULL;
CREATE INDEX address_change_employer ON address_change (employer_id);

CREATE TRIGGER approved_card_is_never_changed BEFORE UPDATE ON approved_card FOR EACH ROW
WHEN (OLD.serial IS NOT NULL OR (NEW.batch, NEW.card_id, NEW.kind, NEW.member, NEW.name, NEW.born_on, NEW.employer_code,
        NEW.company, NEW.postcode, NEW.address1, NEW.address2, NEW.department, NEW.contact, NEW.approved_at)
    IS DISTINCT FROM (OLD.batch, OLD.card_id, OLD.kind, OLD.member, OLD.name, OLD.born_on, OLD.employer_code,
        OLD.company, OLD.postcode, OLD.address1, OLD.address2, OLD.department, OLD.contact, OLD.approved_at))
EXECUTE FUNCTION refuse_change();
