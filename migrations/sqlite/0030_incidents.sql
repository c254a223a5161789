-- 漏えい等: what happened, whose data it was, what was done and by when it is reported; a password that was stopped for it;
-- and the carrier's number of a parcel.
CREATE TABLE incident (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    kind      TEXT NOT NULL CONSTRAINT incident_kind CHECK (kind IN ('card_lost', 'card_opened', 'wrong_parcel',
        'wrong_person', 'other')),
    cause     TEXT NOT NULL CONSTRAINT incident_cause CHECK (cause IN ('mishap', 'wrongful')),
    state     TEXT NOT NULL CONSTRAINT incident_state CHECK (state IN ('open', 'closed')),
    what      TEXT NOT NULL CONSTRAINT incident_what CHECK (what <> ''),
    known_on  TEXT NOT NULL,
    call_id   INTEGER REFERENCES call (id) ON DELETE SET NULL,
    opened_by TEXT NOT NULL REFERENCES staff (id),
    opened_at TEXT NOT NULL,
    closed_by TEXT REFERENCES staff (id),
    closed_at TEXT,
    -- What was done, once it is closed.
    measures  TEXT,
    CONSTRAINT incident_closed CHECK (state = 'open'
        OR closed_by IS NOT NULL AND closed_at IS NOT NULL AND measures IS NOT NULL AND measures <> '')
) STRICT;
CREATE INDEX incident_open ON incident (known_on) WHERE state = 'open';
CREATE INDEX incident_call ON incident (call_id);
CREATE TRIGGER incident_step BEFORE UPDATE OF state ON incident
WHEN OLD.state <> NEW.state AND OLD.state || ' > ' || NEW.state NOT IN ('open > closed')
BEGIN SELECT RAISE(ABORT, 'no such step of incident'); END;
CREATE TRIGGER incident_kept BEFORE UPDATE OF kind, cause, state, what, known_on, opened_by, opened_at, closed_by,
    closed_at, measures ON incident
WHEN OLD.kind <> NEW.kind OR OLD.what <> NEW.what OR OLD.known_on <> NEW.known_on OR OLD.opened_by <> NEW.opened_by
    OR OLD.opened_at <> NEW.opened_at OR OLD.state = 'closed' AND (OLD.cause <> NEW.cause
        OR OLD.measures <> NEW.measures OR OLD.closed_by <> NEW.closed_by OR OLD.closed_at <> NEW.closed_at)
BEGIN SELECT RAISE(ABORT, 'what an incident was recorded as is kept'); END;

CREATE TABLE incident_member (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    incident_id INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
    member_id   INTEGER NOT NULL REFERENCES member (id),
    card_id     INTEGER REFERENCES card (id)
) STRICT;
CREATE UNIQUE INDEX incident_member_once ON incident_member (incident_id, member_id, coalesce(card_id, 0));
CREATE INDEX incident_member_of ON incident_member (member_id);
CREATE INDEX incident_member_card ON incident_member (card_id);

CREATE TABLE incident_entry (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    incident_id INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
    kind        TEXT NOT NULL CONSTRAINT incident_entry_kind CHECK (kind IN ('note', 'preliminary', 'final',
        'member_told', 'not_reportable')),
    done_on     TEXT NOT NULL,
    text        TEXT NOT NULL,
    by_staff    TEXT NOT NULL REFERENCES staff (id),
    at          TEXT NOT NULL
) STRICT;
CREATE INDEX incident_entry_of ON incident_entry (incident_id);
CREATE TRIGGER incident_entry_kept BEFORE UPDATE ON incident_entry
BEGIN SELECT RAISE(ABORT, 'entries of an incident are only appended'); END;

-- 追跡番号: the carrier's number of an employer's parcel.
ALTER TABLE bundle ADD COLUMN tracking TEXT NOT NULL DEFAULT '';

-- A password can have been seen by another person.
DROP TRIGGER card_codes_new;
CREATE TRIGGER card_codes_new BEFORE INSERT ON card
WHEN NEW.kind NOT IN ('viewing', 'login')
    OR NEW.cause NOT IN ('registered', 'display_on', 'reissue', 'request', 'without_request', 'spoiled', 'pulled',
        'returned', 'expired')
    OR NEW.reason NOT IN ('voluntary', 'withdrawn', 'no_employer', 'no_address', 'unprintable', 'by_hand',
        'address_changed', 'insured_lost', 'protected', 'too_close')
    OR NEW.dead_reason NOT IN ('superseded', 'self_changed', 'display_off', 'member_lost', 'number_changed',
        'returned', 'by_hand', 'recovered', 'other_person', 'insured_lost', 'moved', 'withdrawn', 'other_employer',
        'protected', 'too_close', 'expired', 'exposed')
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
        'protected', 'too_close', 'expired', 'exposed')
BEGIN SELECT RAISE(ABORT, 'unknown code in card'); END;
DROP TRIGGER account_codes_new;
CREATE TRIGGER account_codes_new BEFORE INSERT ON account
WHEN NEW.web_display NOT IN ('wanted', 'not_wanted')
    OR NEW.closed_reason NOT IN ('superseded', 'self_changed', 'display_off', 'member_lost', 'number_changed',
        'returned', 'by_hand', 'recovered', 'other_person', 'insured_lost', 'moved', 'withdrawn', 'other_employer',
        'protected', 'too_close', 'expired', 'exposed')
BEGIN SELECT RAISE(ABORT, 'unknown code in account'); END;
DROP TRIGGER account_codes_set;
CREATE TRIGGER account_codes_set BEFORE UPDATE OF web_display, closed_reason ON account
WHEN NEW.web_display NOT IN ('wanted', 'not_wanted')
    OR NEW.closed_reason NOT IN ('superseded', 'self_changed', 'display_off', 'member_lost', 'number_changed',
        'returned', 'by_hand', 'recovered', 'other_person', 'insured_lost', 'moved', 'withdrawn', 'other_employer',
        'protected', 'too_close', 'expired', 'exposed')
BEGIN SELECT RAISE(ABORT, 'unknown code in account'); END;
