-- An approval binds what is sent, a batch can expire, and a changed address waits for a second person.
--
-- What was approved for a card stays with it (R5, B11), new reasons hold cards and end passwords (B7), a batch whose PDF
-- is gone before the printing is expired (B16), and a changed representative address is confirmed by another person than
-- its importer (R6).
--
-- SQLite changes a CHECK by making the table once more. The references to it are checked when the step ends.
PRAGMA defer_foreign_keys = ON;

CREATE TABLE old_batch AS SELECT * FROM batch;
CREATE TABLE old_batch_sequence AS SELECT seq FROM sqlite_sequence WHERE name = 'batch';
DROP TABLE batch;
CREATE TABLE batch (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    number          TEXT NOT NULL UNIQUE,
    state           TEXT NOT NULL CONSTRAINT batch_state CHECK (state IN ('draft', 'approved', 'exported', 'printed',
        'dispatched', 'cancelled', 'expired')),
    version         INTEGER NOT NULL DEFAULT 0,
    planned_on      TEXT,
    drafted_by      TEXT NOT NULL,
    drafted_at      TEXT NOT NULL,
    approved_by     TEXT,
    approved_at     TEXT,
    exported_by     TEXT,
    exported_at     TEXT,
    printed_by      TEXT,
    printed_at      TEXT,
    dispatched_by   TEXT,
    dispatched_at   TEXT,
    dispatched_on   TEXT,
    cancelled_by    TEXT,
    cancelled_at    TEXT,
    folder          TEXT,
    -- B11: what was approved besides the cards, as JSON, and the digest over all of it.
    approval        TEXT,
    approval_digest TEXT,
    -- B16: when its PDF was found to be gone.
    expired_at      TEXT,
    CONSTRAINT batch_approved_what CHECK ((approval IS NULL) = (approval_digest IS NULL))
) STRICT;
INSERT INTO batch
    (id, number, state, version, planned_on, drafted_by, drafted_at, approved_by, approved_at, exported_by,
    exported_at, printed_by, printed_at, dispatched_by, dispatched_at, dispatched_on, cancelled_by, cancelled_at,
    folder)
    SELECT id, number, state, version, planned_on, drafted_by, drafted_at, approved_by, approved_at, exported_by,
    exported_at, printed_by, printed_at, dispatched_by, dispatched_at, dispatched_on, cancelled_by, cancelled_at,
    folder FROM old_batch;
DELETE FROM sqlite_sequence WHERE name = 'batch';
INSERT INTO sqlite_sequence (name, seq) SELECT 'batch', seq FROM old_batch_sequence;
DROP TABLE old_batch_sequence;
DROP TABLE old_batch;

DROP TRIGGER card_step;
CREATE TRIGGER card_step BEFORE UPDATE OF state ON card
WHEN OLD.state <> NEW.state AND OLD.state || ' > ' || NEW.state NOT IN (
    'queued > held', 'queued > cancelled', 'queued > drafted', 'held > queued', 'held > cancelled',
    'drafted > queued', 'drafted > held', 'drafted > cancelled', 'drafted > exported', 'exported > queued',
    'exported > cancelled', 'exported > spoiled', 'exported > printed', 'printed > spoiled', 'printed > pulled',
    'printed > dispatched', 'dispatched > returned')
BEGIN SELECT RAISE(ABORT, 'no such step of card'); END;
CREATE TRIGGER batch_step BEFORE UPDATE OF state ON batch
WHEN OLD.state <> NEW.state AND OLD.state || ' > ' || NEW.state NOT IN (
    'draft > approved', 'draft > cancelled', 'approved > exported', 'approved > cancelled', 'exported > printed',
    'exported > cancelled', 'exported > expired', 'printed > dispatched')
BEGIN SELECT RAISE(ABORT, 'no such step of batch'); END;
DROP TRIGGER card_codes_new;
CREATE TRIGGER card_codes_new BEFORE INSERT ON card
WHEN NEW.kind NOT IN ('viewing', 'login')
    OR NEW.cause NOT IN ('registered', 'display_on', 'reissue', 'request', 'without_request', 'spoiled', 'pulled',
        'returned', 'expired')
    OR NEW.reason NOT IN ('voluntary', 'withdrawn', 'no_employer', 'no_address', 'unprintable', 'by_hand',
        'address_changed', 'insured_lost', 'protected', 'too_close')
    OR NEW.dead_reason NOT IN ('superseded', 'self_changed', 'display_off', 'member_lost', 'number_changed',
        'returned', 'by_hand', 'recovered', 'other_person', 'insured_lost', 'moved', 'withdrawn', 'other_employer',
        'protected', 'too_close', 'expired')
BEGIN SELECT RAISE(ABORT, 'unknown code in card'); END;
DROP TRIGGER card_codes_set;
CREATE TRIGGER card_codes_set BEFORE UPDATE OF kind, cause, reason, dead_reason ON card
WHEN NEW.kind NOT IN ('viewing', 'login')
    OR NEW.cause NOT IN ('registered', 'display_on', 'reissue', 'request', 'without_request', 'spoiled', 'pulled',
        'returned', 'expired')
    OR NEW.reason NOT IN ('voluntary', 'withdrawn', 'no_employer', 'no_address', 'unprintable', 'by_hand',
        'address_changed', 'insured_lost', 'protected', 'too_close')
    OR NEW.dead_reason NOT IN ('superseded', 'self_changed', 'display_off', 'member_lost', 'number_changed',
        'returned', 'by_hand', 'recovered', 'other_person', 'insured_lost', 'moved', 'withdrawn', 'other_employer',
        'protected', 'too_close', 'expired')
BEGIN SELECT RAISE(ABORT, 'unknown code in card'); END;
DROP TRIGGER account_codes_new;
CREATE TRIGGER account_codes_new BEFORE INSERT ON account
WHEN NEW.web_display NOT IN ('wanted', 'not_wanted')
    OR NEW.closed_reason NOT IN ('superseded', 'self_changed', 'display_off', 'member_lost', 'number_changed',
        'returned', 'by_hand', 'recovered', 'other_person', 'insured_lost', 'moved', 'withdrawn', 'other_employer',
        'protected', 'too_close', 'expired')
BEGIN SELECT RAISE(ABORT, 'unknown code in account'); END;
DROP TRIGGER account_codes_set;
CREATE TRIGGER account_codes_set BEFORE UPDATE OF web_display, closed_reason ON account
WHEN NEW.web_display NOT IN ('wanted', 'not_wanted')
    OR NEW.closed_reason NOT IN ('superseded', 'self_changed', 'display_off', 'member_lost', 'number_changed',
        'returned', 'by_hand', 'recovered', 'other_person', 'insured_lost', 'moved', 'withdrawn', 'other_employer',
        'protected', 'too_close', 'expired')
BEGIN SELECT RAISE(ABORT, 'unknown code in account'); END;

-- R5, H3: what was approved for a card, for whom and to where, with its serial and template once it is printed; never the
-- password. No foreign key: it outlives the card, and goes with the log.
CREATE TABLE approved_card (
    batch           TEXT NOT NULL,
    card_id         INTEGER NOT NULL,
    serial          TEXT UNIQUE,
    kind            TEXT CONSTRAINT approved_card_kind CHECK (kind IN ('viewing', 'login')),
    member          TEXT NOT NULL,
    name            TEXT NOT NULL,
    born_on         TEXT,
    employer_code   TEXT,
    company         TEXT NOT NULL,
    postcode        TEXT,
    address1        TEXT NOT NULL,
    address2        TEXT NOT NULL,
    department      TEXT NOT NULL,
    contact         TEXT NOT NULL,
    approved_at     TEXT NOT NULL,
    exported_at     TEXT,
    template        TEXT,
    template_sha256 TEXT,
    PRIMARY KEY (batch, card_id),
    CONSTRAINT approved_card_printed CHECK ((serial IS NULL) = (exported_at IS NULL))
) STRICT;
CREATE INDEX approved_card_card ON approved_card (card_id);
CREATE INDEX approved_card_at ON approved_card (approved_at);

-- R6: a representative address that an import changed, until another person than the importer confirms it.
CREATE TABLE address_change (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    employer_id    INTEGER NOT NULL REFERENCES employer (id),
    run_id         INTEGER REFERENCES import_run (id),
    changed_by     TEXT NOT NULL,
    changed_at     TEXT NOT NULL,
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
    confirmed_at   TEXT,
    CONSTRAINT address_change_two_people CHECK (confirmed_by <> changed_by),
    CONSTRAINT address_change_confirmed CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX address_change_open ON address_change (employer_id) WHERE confirmed_at IS NULL;
CREATE INDEX address_change_employer ON address_change (employer_id);

CREATE TRIGGER approved_card_is_never_changed BEFORE UPDATE ON approved_card
WHEN OLD.serial IS NOT NULL OR NEW.batch <> OLD.batch OR NEW.card_id <> OLD.card_id OR NEW.kind IS NOT OLD.kind
    OR NEW.member <> OLD.member OR NEW.name <> OLD.name OR NEW.born_on IS NOT OLD.born_on
    OR NEW.employer_code IS NOT OLD.employer_code OR NEW.company <> OLD.company OR NEW.postcode IS NOT OLD.postcode
    OR NEW.address1 <> OLD.address1 OR NEW.address2 <> OLD.address2 OR NEW.department <> OLD.department
    OR NEW.contact <> OLD.contact OR NEW.approved_at <> OLD.approved_at
BEGIN SELECT RAISE(ABORT, 'what was approved is never changed'); END;
