-- States with their steps, and the codes of other columns, are kept by the engine, too. The lists are those of the
-- program (`domain`: CARD_TABLE and its like); tests/integration/states.rs compares them. What notes are about, which
-- files were imported and what the log says is not listed here: no rule turns on it.
--
-- SQLite takes a new CHECK only with a new column or a new table. Cards get that of their states with a column;
-- batches, requests and one-off addresses, which are few, go into new tables. The other lists, which will grow, are
-- kept by triggers, which a later step can replace. Members have none: an import writes a million of them at once.
PRAGMA defer_foreign_keys = ON;
-- What the copies held is overwritten: names and addresses do not stay in free pages.
PRAGMA secure_delete = ON;

ALTER TABLE card ADD COLUMN changed_by TEXT CONSTRAINT card_state CHECK (state IN ('queued', 'held', 'drafted',
    'exported', 'printed', 'dispatched', 'returned', 'cancelled', 'spoiled', 'pulled'));
ALTER TABLE card ADD COLUMN changed_at DATETIME;

CREATE TABLE copied AS SELECT * FROM batch;
DROP TABLE batch;
CREATE TABLE batch (
    id            INTEGER PRIMARY KEY,
    number        TEXT NOT NULL UNIQUE,
    state         TEXT NOT NULL CONSTRAINT batch_state CHECK (state IN ('draft', 'approved', 'exported', 'printed',
        'dispatched', 'cancelled')),
    version       BIGINT NOT NULL DEFAULT 0,
    planned_on    DATE,
    drafted_by    TEXT NOT NULL,
    drafted_at    DATETIME NOT NULL,
    approved_by   TEXT,
    approved_at   DATETIME,
    exported_by   TEXT,
    exported_at   DATETIME,
    printed_by    TEXT,
    printed_at    DATETIME,
    dispatched_by TEXT,
    dispatched_at DATETIME,
    dispatched_on DATE,
    cancelled_by  TEXT,
    cancelled_at  DATETIME,
    folder        TEXT
);
INSERT INTO batch SELECT * FROM copied;
DROP TABLE copied;


CREATE TABLE copied AS SELECT * FROM one_off_address;
DROP TABLE one_off_address;
CREATE TABLE one_off_address (
    id          INTEGER PRIMARY KEY,
    card_id     BIGINT NOT NULL REFERENCES card (id),
    state       TEXT NOT NULL CONSTRAINT one_off_address_state CHECK (state IN ('proposed', 'approved', 'refused',
        'withdrawn')),
    postcode    TEXT NOT NULL,
    address1    TEXT NOT NULL,
    address2    TEXT NOT NULL,
    addressee   TEXT NOT NULL,
    department  TEXT NOT NULL,
    reason      TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at DATETIME NOT NULL,
    decided_by  TEXT,
    decided_at  DATETIME,
    answer      TEXT
);
INSERT INTO one_off_address SELECT * FROM copied;
DROP TABLE copied;
CREATE UNIQUE INDEX one_off_address_open ON one_off_address (card_id) WHERE state = 'proposed';
CREATE INDEX one_off_address_card ON one_off_address (card_id);

CREATE TABLE copied AS SELECT * FROM request;
DROP TABLE request;
CREATE TABLE request (
    id           INTEGER PRIMARY KEY,
    receipt      TEXT NOT NULL UNIQUE,
    received_at  DATETIME NOT NULL,
    channel      TEXT NOT NULL,
    kind         TEXT NOT NULL,
    state        TEXT NOT NULL CONSTRAINT request_state CHECK (state IN ('new', 'verifying', 'on_hold', 'queued',
        'done', 'rejected')),
    symbol       TEXT NOT NULL,
    number       TEXT NOT NULL,
    branch       TEXT NOT NULL,
    name         TEXT NOT NULL,
    kana         TEXT NOT NULL,
    born_on      DATE,
    employer     TEXT NOT NULL,
    phone        TEXT NOT NULL,
    email        TEXT NOT NULL,
    body         TEXT NOT NULL,
    member_id    BIGINT REFERENCES member (id),
    checked      TEXT NOT NULL DEFAULT '',
    checked_by   TEXT,
    checked_at   DATETIME,
    reason       TEXT,
    reply        TEXT,
    settled_by   TEXT,
    settled_at   DATETIME,
    card_id      BIGINT REFERENCES card (id),
    merged_into  BIGINT REFERENCES request (id)
);
INSERT INTO request SELECT * FROM copied;
DROP TABLE copied;
CREATE INDEX request_state ON request (state, received_at);
CREATE INDEX request_member ON request (member_id);
CREATE INDEX request_merged ON request (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX request_card ON request (card_id) WHERE card_id IS NOT NULL;

CREATE TRIGGER card_step BEFORE UPDATE OF state ON card
WHEN OLD.state <> NEW.state AND OLD.state || ' > ' || NEW.state NOT IN (
    'queued > held', 'queued > cancelled', 'queued > drafted', 'held > queued', 'held > cancelled',
    'drafted > queued', 'drafted > held', 'drafted > cancelled', 'drafted > exported', 'exported > queued',
    'exported > cancelled', 'exported > spoiled', 'exported > printed', 'printed > pulled', 'printed > dispatched',
    'dispatched > returned')
BEGIN SELECT RAISE(ABORT, 'no such step of card'); END;
CREATE TRIGGER batch_step BEFORE UPDATE OF state ON batch
WHEN OLD.state <> NEW.state AND OLD.state || ' > ' || NEW.state NOT IN (
    'draft > approved', 'draft > cancelled', 'approved > exported', 'approved > cancelled', 'exported > printed',
    'exported > cancelled', 'printed > dispatched')
BEGIN SELECT RAISE(ABORT, 'no such step of batch'); END;
CREATE TRIGGER request_step BEFORE UPDATE OF state ON request
WHEN OLD.state <> NEW.state AND OLD.state || ' > ' || NEW.state NOT IN (
    'new > verifying', 'new > on_hold', 'new > rejected', 'new > done', 'verifying > queued', 'verifying > on_hold',
    'verifying > rejected', 'verifying > done', 'on_hold > verifying', 'on_hold > rejected', 'on_hold > done',
    'queued > done', 'queued > on_hold', 'done > on_hold')
BEGIN SELECT RAISE(ABORT, 'no such step of request'); END;
CREATE TRIGGER one_off_address_step BEFORE UPDATE OF state ON one_off_address
WHEN OLD.state <> NEW.state AND OLD.state || ' > ' || NEW.state NOT IN (
    'proposed > approved', 'proposed > refused', 'proposed > withdrawn')
BEGIN SELECT RAISE(ABORT, 'no such step of one_off_address'); END;

CREATE TRIGGER card_codes_new BEFORE INSERT ON card
WHEN NEW.kind NOT IN ('viewing', 'login')
    OR NEW.cause NOT IN ('registered', 'display_on', 'reissue', 'request', 'without_request', 'spoiled')
    OR NEW.reason NOT IN ('voluntary', 'withdrawn', 'no_employer', 'no_address', 'unprintable', 'by_hand')
    OR NEW.dead_reason NOT IN ('superseded', 'self_changed', 'display_off', 'member_lost', 'number_changed', 'returned',
        'by_hand')
BEGIN SELECT RAISE(ABORT, 'unknown code in card'); END;
CREATE TRIGGER card_codes_set BEFORE UPDATE OF kind, cause, reason, dead_reason ON card
WHEN NEW.kind NOT IN ('viewing', 'login')
    OR NEW.cause NOT IN ('registered', 'display_on', 'reissue', 'request', 'without_request', 'spoiled')
    OR NEW.reason NOT IN ('voluntary', 'withdrawn', 'no_employer', 'no_address', 'unprintable', 'by_hand')
    OR NEW.dead_reason NOT IN ('superseded', 'self_changed', 'display_off', 'member_lost', 'number_changed', 'returned',
        'by_hand')
BEGIN SELECT RAISE(ABORT, 'unknown code in card'); END;
CREATE TRIGGER batch_card_codes_new BEFORE INSERT ON batch_card
WHEN NEW.left_as NOT IN ('queued', 'held', 'drafted', 'exported', 'printed', 'dispatched', 'returned', 'cancelled',
        'spoiled', 'pulled')
BEGIN SELECT RAISE(ABORT, 'unknown code in batch_card'); END;
CREATE TRIGGER batch_card_codes_set BEFORE UPDATE OF left_as ON batch_card
WHEN NEW.left_as NOT IN ('queued', 'held', 'drafted', 'exported', 'printed', 'dispatched', 'returned', 'cancelled',
        'spoiled', 'pulled')
BEGIN SELECT RAISE(ABORT, 'unknown code in batch_card'); END;
CREATE TRIGGER account_codes_new BEFORE INSERT ON account
WHEN NEW.web_display NOT IN ('wanted', 'not_wanted')
    OR NEW.closed_reason NOT IN ('superseded', 'self_changed', 'display_off', 'member_lost', 'number_changed', 'returned',
        'by_hand')
BEGIN SELECT RAISE(ABORT, 'unknown code in account'); END;
CREATE TRIGGER account_codes_set BEFORE UPDATE OF web_display, closed_reason ON account
WHEN NEW.web_display NOT IN ('wanted', 'not_wanted')
    OR NEW.closed_reason NOT IN ('superseded', 'self_changed', 'display_off', 'member_lost', 'number_changed', 'returned',
        'by_hand')
BEGIN SELECT RAISE(ABORT, 'unknown code in account'); END;
CREATE TRIGGER portal_event_codes_new BEFORE INSERT ON portal_event
WHEN NEW.kind NOT IN ('registered', 'web_display_on', 'web_display_off', 'viewing_reissue', 'viewing_changed',
        'login_password_changed', 'email_changed', 'question_changed', 'mail_bounced', 'logged_in', 'points_applied')
BEGIN SELECT RAISE(ABORT, 'unknown code in portal_event'); END;
CREATE TRIGGER portal_event_codes_set BEFORE UPDATE OF kind ON portal_event
WHEN NEW.kind NOT IN ('registered', 'web_display_on', 'web_display_off', 'viewing_reissue', 'viewing_changed',
        'login_password_changed', 'email_changed', 'question_changed', 'mail_bounced', 'logged_in', 'points_applied')
BEGIN SELECT RAISE(ABORT, 'unknown code in portal_event'); END;
CREATE TRIGGER feed_codes_new BEFORE INSERT ON feed
WHEN NEW.operation NOT IN ('activate', 'revoke', 'close')
    OR NEW.kind NOT IN ('viewing', 'login')
BEGIN SELECT RAISE(ABORT, 'unknown code in feed'); END;
CREATE TRIGGER feed_codes_set BEFORE UPDATE OF operation, kind ON feed
WHEN NEW.operation NOT IN ('activate', 'revoke', 'close')
    OR NEW.kind NOT IN ('viewing', 'login')
BEGIN SELECT RAISE(ABORT, 'unknown code in feed'); END;
CREATE TRIGGER request_codes_new BEFORE INSERT ON request
WHEN NEW.channel NOT IN ('phone', 'form', 'counter')
    OR NEW.kind NOT IN ('login_info', 'other')
BEGIN SELECT RAISE(ABORT, 'unknown code in request'); END;
CREATE TRIGGER request_codes_set BEFORE UPDATE OF channel, kind ON request
WHEN NEW.channel NOT IN ('phone', 'form', 'counter')
    OR NEW.kind NOT IN ('login_info', 'other')
BEGIN SELECT RAISE(ABORT, 'unknown code in request'); END;
CREATE TRIGGER contact_note_codes_new BEFORE INSERT ON contact_note
WHEN NEW.channel NOT IN ('phone', 'form', 'counter')
    OR NEW.referred NOT IN ('medical', 'health')
BEGIN SELECT RAISE(ABORT, 'unknown code in contact_note'); END;
CREATE TRIGGER contact_note_codes_set BEFORE UPDATE OF channel, referred ON contact_note
WHEN NEW.channel NOT IN ('phone', 'form', 'counter')
    OR NEW.referred NOT IN ('medical', 'health')
BEGIN SELECT RAISE(ABORT, 'unknown code in contact_note'); END;
CREATE TRIGGER staff_codes_new BEFORE INSERT ON staff
WHEN NEW.role NOT IN ('clerk', 'supervisor', 'admin')
BEGIN SELECT RAISE(ABORT, 'unknown code in staff'); END;
CREATE TRIGGER staff_codes_set BEFORE UPDATE OF role ON staff
WHEN NEW.role NOT IN ('clerk', 'supervisor', 'admin')
BEGIN SELECT RAISE(ABORT, 'unknown code in staff'); END;

PRAGMA secure_delete = OFF;
