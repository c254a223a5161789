-- Time in the data, and tables that refuse what the rules refuse.
--
-- A person's memberships are joined, a number can pass to another person, what the registry changes is kept as a
-- version, and what was printed on a card stays when its PDF is gone. Every table becomes STRICT: a value of another type
-- is refused. Row ids are never given out again (AUTOINCREMENT): the log names cards by them.
--
-- SQLite makes a table STRICT by copying it.
PRAGMA defer_foreign_keys = ON;
-- What the old tables held is overwritten: names and addresses do not stay in free pages.
PRAGMA secure_delete = ON;

DROP TRIGGER audit_is_never_changed;
DROP TRIGGER audit_is_kept;
DROP TRIGGER card_step;
DROP TRIGGER batch_step;
DROP TRIGGER request_step;
DROP TRIGGER one_off_address_step;
DROP TRIGGER card_codes_new;
DROP TRIGGER card_codes_set;
DROP TRIGGER batch_card_codes_new;
DROP TRIGGER batch_card_codes_set;
DROP TRIGGER account_codes_new;
DROP TRIGGER account_codes_set;
DROP TRIGGER portal_event_codes_new;
DROP TRIGGER portal_event_codes_set;
DROP TRIGGER feed_codes_new;
DROP TRIGGER feed_codes_set;
DROP TRIGGER request_codes_new;
DROP TRIGGER request_codes_set;
DROP TRIGGER contact_note_codes_new;
DROP TRIGGER contact_note_codes_set;
DROP TRIGGER staff_codes_new;
DROP TRIGGER staff_codes_set;
DROP INDEX audit_member;
DROP INDEX audit_batch;
DROP INDEX audit_staff;
DROP INDEX member_kana;
DROP INDEX member_former;
DROP INDEX member_employer;
DROP INDEX account_open;
DROP INDEX account_member;
DROP INDEX portal_event_member;
DROP INDEX card_one_waiting;
DROP INDEX card_state;
DROP INDEX card_member;
DROP INDEX card_batch;
DROP INDEX contact_note_member;
DROP INDEX contact_note_follow_up;
DROP INDEX batch_card_card;
DROP INDEX audit_at;
DROP INDEX purge_open;
DROP INDEX card_replaces;
DROP INDEX card_account;
DROP INDEX card_one_off;
DROP INDEX member_number;
DROP INDEX card_dispatched;
DROP INDEX bundle_open;
DROP INDEX one_off_address_open;
DROP INDEX one_off_address_card;
DROP INDEX request_state;
DROP INDEX request_member;
DROP INDEX request_merged;
DROP INDEX request_card;

ALTER TABLE setting RENAME TO old_setting;
ALTER TABLE staff RENAME TO old_staff;
ALTER TABLE staff_totp RENAME TO old_staff_totp;
ALTER TABLE recovery_code RENAME TO old_recovery_code;
ALTER TABLE audit RENAME TO old_audit;
ALTER TABLE audit_floor RENAME TO old_audit_floor;
ALTER TABLE employer RENAME TO old_employer;
ALTER TABLE import_run RENAME TO old_import_run;
ALTER TABLE import_note RENAME TO old_import_note;
ALTER TABLE member RENAME TO old_member;
ALTER TABLE member_gram RENAME TO old_member_gram;
ALTER TABLE account RENAME TO old_account;
ALTER TABLE portal_event RENAME TO old_portal_event;
ALTER TABLE batch RENAME TO old_batch;
ALTER TABLE batch_file RENAME TO old_batch_file;
ALTER TABLE card RENAME TO old_card;
ALTER TABLE batch_card RENAME TO old_batch_card;
ALTER TABLE bundle RENAME TO old_bundle;
ALTER TABLE one_off_address RENAME TO old_one_off_address;
ALTER TABLE feed RENAME TO old_feed;
ALTER TABLE request RENAME TO old_request;
ALTER TABLE contact_note RENAME TO old_contact_note;
ALTER TABLE purge RENAME TO old_purge;

CREATE TABLE setting (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE staff (
    id           TEXT PRIMARY KEY,
    name         TEXT NOT NULL,
    role         TEXT NOT NULL,
    hash         TEXT NOT NULL,
    must_change  INTEGER NOT NULL,
    failures     INTEGER NOT NULL DEFAULT 0,
    locked_until TEXT,
    disabled_at  TEXT,
    created_at   TEXT NOT NULL,
    epoch        INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE staff_totp (
    staff       TEXT PRIMARY KEY REFERENCES staff (id),
    secret      TEXT NOT NULL,
    last_step   INTEGER NOT NULL,
    enrolled_at TEXT NOT NULL
) STRICT;

CREATE TABLE recovery_code (
    staff   TEXT NOT NULL REFERENCES staff (id),
    hash    TEXT NOT NULL,
    used_at TEXT,
    PRIMARY KEY (staff, hash)
) STRICT;

CREATE TABLE audit (
    seq      INTEGER PRIMARY KEY,
    at       TEXT NOT NULL,
    staff    TEXT NOT NULL,
    terminal TEXT NOT NULL,
    action   TEXT NOT NULL,
    member   TEXT,
    batch    TEXT,
    detail   TEXT NOT NULL,
    prev     TEXT NOT NULL,
    hash     TEXT NOT NULL
) STRICT;

CREATE TABLE audit_floor (
    one  INTEGER PRIMARY KEY CHECK (one = 1),
    seq  INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT;

CREATE TABLE employer (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    code         TEXT NOT NULL UNIQUE,
    code_shown   TEXT NOT NULL,
    kana         TEXT NOT NULL,
    name         TEXT NOT NULL,
    postcode     TEXT,
    address1     TEXT NOT NULL,
    address2     TEXT NOT NULL,
    phone        TEXT NOT NULL,
    department   TEXT NOT NULL,
    contact      TEXT NOT NULL,
    applied_on   TEXT,
    withdrawn_on TEXT,
    run_id       INTEGER
) STRICT;

CREATE TABLE import_run (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    at         TEXT NOT NULL,
    staff      TEXT NOT NULL,
    kind       TEXT NOT NULL,
    file       TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    row_count  INTEGER NOT NULL,
    added      INTEGER NOT NULL,
    changed    INTEGER NOT NULL,
    unchanged  INTEGER NOT NULL,
    rejected   INTEGER NOT NULL
) STRICT;

CREATE TABLE import_note (
    run_id INTEGER NOT NULL REFERENCES import_run (id),
    line   INTEGER NOT NULL,
    key    TEXT NOT NULL,
    code   TEXT NOT NULL,
    PRIMARY KEY (run_id, line, code)
) STRICT;

CREATE TABLE member (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    symbol        TEXT NOT NULL,
    number        TEXT NOT NULL,
    branch        TEXT NOT NULL,
    symbol_shown  TEXT NOT NULL,
    number_shown  TEXT NOT NULL,
    branch_shown  TEXT NOT NULL,
    relation      TEXT NOT NULL CONSTRAINT member_relation CHECK (relation IN ('insured', 'dependent')),
    relationship  TEXT NOT NULL,
    kana          TEXT NOT NULL,
    kana_key      TEXT NOT NULL,
    name          TEXT NOT NULL,
    name_key      TEXT NOT NULL,
    sex           TEXT CONSTRAINT member_sex CHECK (sex IN ('1', '2')),
    born_on       TEXT NOT NULL CHECK (born_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    acquired_on   TEXT NOT NULL CHECK (acquired_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    lost_on       TEXT,
    loss_reason   TEXT NOT NULL,
    employer_id   INTEGER REFERENCES employer (id),
    voluntary     INTEGER NOT NULL CHECK (voluntary IN (0, 1)),
    former_symbol TEXT,
    former_number TEXT,
    former_branch TEXT,
    change_reason TEXT CONSTRAINT member_change_reason CHECK (change_reason IN ('voluntary', 'rehired', 'affiliate',
        'other')),
    checkup       INTEGER NOT NULL CHECK (checkup IN (0, 1)),
    -- The first membership of the same person, NULL in that one; joined by the former key, or by a supervisor.
    person_id     INTEGER REFERENCES member (id),
    joined_by     TEXT CONSTRAINT member_joined_by CHECK (joined_by IN ('registry', 'hand')),
    -- A11: the day on which the number was given to another person.
    replaced_on   TEXT,
    -- The import that brought these values; no foreign key, which would double the time of an import.
    run_id        INTEGER
) STRICT;

CREATE TABLE member_gram (
    gram      TEXT NOT NULL,
    member_id INTEGER NOT NULL,
    PRIMARY KEY (gram, member_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE account (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    member_id        INTEGER NOT NULL REFERENCES member (id),
    login_id         TEXT,
    email            TEXT,
    web_display      TEXT NOT NULL,
    registered_at    TEXT NOT NULL,
    bounced_at       TEXT,
    last_login_at    TEXT,
    login_changed_at TEXT,
    viewing_changed_at TEXT,
    question_changed_at TEXT,
    points_applied_at TEXT,
    closed_at        TEXT,
    closed_reason    TEXT,
    CONSTRAINT account_erased CHECK (closed_at IS NULL OR (login_id IS NULL AND email IS NULL))
) STRICT;

CREATE TABLE portal_event (
    seq         INTEGER PRIMARY KEY,
    occurred_at TEXT NOT NULL,
    kind        TEXT NOT NULL,
    member_id   INTEGER NOT NULL REFERENCES member (id),
    digest      TEXT NOT NULL
) STRICT;

CREATE TABLE batch (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    number        TEXT NOT NULL UNIQUE,
    state         TEXT NOT NULL CONSTRAINT batch_state CHECK (state IN ('draft', 'approved', 'exported', 'printed',
        'dispatched', 'cancelled')),
    version       INTEGER NOT NULL DEFAULT 0,
    planned_on    TEXT,
    drafted_by    TEXT NOT NULL,
    drafted_at    TEXT NOT NULL,
    approved_by   TEXT,
    approved_at   TEXT,
    exported_by   TEXT,
    exported_at   TEXT,
    printed_by    TEXT,
    printed_at    TEXT,
    dispatched_by TEXT,
    dispatched_at TEXT,
    dispatched_on TEXT,
    cancelled_by  TEXT,
    cancelled_at  TEXT,
    folder        TEXT
) STRICT;

CREATE TABLE batch_file (
    batch_id     INTEGER NOT NULL REFERENCES batch (id),
    name         TEXT NOT NULL,
    pages        INTEGER NOT NULL,
    sha256       TEXT NOT NULL,
    secret       INTEGER NOT NULL,
    destroyed_at TEXT,
    PRIMARY KEY (batch_id, name)
) STRICT;

CREATE TABLE card (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    kind          TEXT NOT NULL,
    state         TEXT NOT NULL CONSTRAINT card_state CHECK (state IN ('queued', 'held', 'drafted', 'exported',
        'printed', 'dispatched', 'returned', 'cancelled', 'spoiled', 'pulled')),
    cause         TEXT NOT NULL,
    member_id     INTEGER NOT NULL REFERENCES member (id),
    account_id    INTEGER NOT NULL REFERENCES account (id),
    replaces      INTEGER REFERENCES card (id),
    asked_by      TEXT NOT NULL,
    asked_at      TEXT NOT NULL,
    reason        TEXT,
    reason_detail TEXT,
    employer_id   INTEGER REFERENCES employer (id),
    batch_id      INTEGER REFERENCES batch (id),
    position      INTEGER,
    serial        TEXT UNIQUE,
    hash          TEXT,
    issue_on      TEXT,
    dispatched_on TEXT,
    returned_on   TEXT,
    dead_on       TEXT,
    dead_reason   TEXT,
    one_off_id    INTEGER REFERENCES one_off_address (id),
    changed_by    TEXT,
    changed_at    TEXT,
    CONSTRAINT card_held_why CHECK (state <> 'held' OR reason IS NOT NULL),
    CONSTRAINT card_dispatched_when CHECK (state <> 'dispatched' OR dispatched_on IS NOT NULL)
) STRICT;

CREATE TABLE batch_card (
    batch_id INTEGER NOT NULL REFERENCES batch (id),
    card_id  INTEGER NOT NULL REFERENCES card (id),
    serial   TEXT,
    left_as  TEXT,
    PRIMARY KEY (batch_id, card_id)
) STRICT;

CREATE TABLE bundle (
    batch_id    INTEGER NOT NULL REFERENCES batch (id),
    employer_id INTEGER NOT NULL REFERENCES employer (id),
    cards       INTEGER NOT NULL,
    receipt_on  TEXT,
    PRIMARY KEY (batch_id, employer_id)
) STRICT;

CREATE TABLE one_off_address (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    card_id     INTEGER NOT NULL REFERENCES card (id),
    state       TEXT NOT NULL CONSTRAINT one_off_address_state CHECK (state IN ('proposed', 'approved', 'refused',
        'withdrawn')),
    postcode    TEXT NOT NULL,
    address1    TEXT NOT NULL,
    address2    TEXT NOT NULL,
    addressee   TEXT NOT NULL,
    department  TEXT NOT NULL,
    reason      TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at TEXT NOT NULL,
    decided_by  TEXT,
    decided_at  TEXT,
    answer      TEXT
) STRICT;

CREATE TABLE feed (
    seq         INTEGER PRIMARY KEY,
    at          TEXT NOT NULL,
    operation   TEXT NOT NULL,
    kind        TEXT,
    symbol      TEXT NOT NULL,
    number      TEXT NOT NULL,
    branch      TEXT NOT NULL,
    login_id    TEXT,
    hash        TEXT,
    valid_from  TEXT NOT NULL,
    must_change INTEGER NOT NULL
) STRICT;

CREATE TABLE request (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    receipt      TEXT NOT NULL UNIQUE,
    received_at  TEXT NOT NULL,
    channel      TEXT NOT NULL,
    kind         TEXT NOT NULL,
    state        TEXT NOT NULL CONSTRAINT request_state CHECK (state IN ('new', 'verifying', 'on_hold', 'queued',
        'done', 'rejected')),
    symbol       TEXT NOT NULL,
    number       TEXT NOT NULL,
    branch       TEXT NOT NULL,
    name         TEXT NOT NULL,
    kana         TEXT NOT NULL,
    born_on      TEXT,
    employer     TEXT NOT NULL,
    phone        TEXT NOT NULL,
    email        TEXT NOT NULL,
    body         TEXT NOT NULL,
    member_id    INTEGER REFERENCES member (id),
    checked      TEXT NOT NULL DEFAULT '',
    checked_by   TEXT,
    checked_at   TEXT,
    reason       TEXT,
    reply        TEXT,
    settled_by   TEXT,
    settled_at   TEXT,
    card_id      INTEGER REFERENCES card (id),
    merged_into  INTEGER REFERENCES request (id)
) STRICT;

CREATE TABLE contact_note (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    member_id    INTEGER NOT NULL REFERENCES member (id),
    at           TEXT NOT NULL,
    staff        TEXT NOT NULL,
    channel      TEXT NOT NULL,
    topic        TEXT NOT NULL,
    body         TEXT NOT NULL,
    follow_up_on TEXT,
    done_at      TEXT,
    done_by      TEXT,
    closing      TEXT,
    referred     TEXT,
    search       TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE purge (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    before_on   TEXT NOT NULL,
    counts      TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at TEXT NOT NULL,
    approved_by TEXT,
    approved_at TEXT
) STRICT;

-- What the registry said of a member until an import, or a supervisor, changed it.
CREATE TABLE member_version (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    member_id     INTEGER NOT NULL REFERENCES member (id),
    until_at      TEXT NOT NULL,
    until_by      TEXT NOT NULL,
    until_run     INTEGER REFERENCES import_run (id),
    run_id        INTEGER,
    symbol        TEXT NOT NULL,
    number        TEXT NOT NULL,
    branch        TEXT NOT NULL,
    relation      TEXT NOT NULL,
    relationship  TEXT NOT NULL,
    kana          TEXT NOT NULL,
    name          TEXT NOT NULL,
    sex           TEXT,
    born_on       TEXT NOT NULL,
    acquired_on   TEXT NOT NULL,
    lost_on       TEXT,
    loss_reason   TEXT NOT NULL,
    employer_id   INTEGER REFERENCES employer (id),
    voluntary     INTEGER NOT NULL,
    former_symbol TEXT,
    former_number TEXT,
    former_branch TEXT,
    change_reason TEXT,
    checkup       INTEGER NOT NULL,
    replaced_on   TEXT
) STRICT;

-- The same of an employer.
CREATE TABLE employer_version (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    employer_id  INTEGER NOT NULL REFERENCES employer (id),
    until_at     TEXT NOT NULL,
    until_by     TEXT NOT NULL,
    until_run    INTEGER REFERENCES import_run (id),
    run_id       INTEGER,
    code         TEXT NOT NULL,
    code_shown   TEXT NOT NULL,
    kana         TEXT NOT NULL,
    name         TEXT NOT NULL,
    postcode     TEXT,
    address1     TEXT NOT NULL,
    address2     TEXT NOT NULL,
    phone        TEXT NOT NULL,
    department   TEXT NOT NULL,
    contact      TEXT NOT NULL,
    applied_on   TEXT,
    withdrawn_on TEXT
) STRICT;

-- H3: what was printed on a card, for whom and to where; never the password. No foreign key: it outlives the card, and
-- goes with the log.
CREATE TABLE printed_card (
    serial          TEXT PRIMARY KEY,
    card_id         INTEGER NOT NULL,
    member          TEXT NOT NULL,
    exported_at     TEXT NOT NULL,
    name            TEXT NOT NULL,
    employer_code   TEXT,
    company         TEXT NOT NULL,
    postcode        TEXT,
    address1        TEXT NOT NULL,
    address2        TEXT NOT NULL,
    department      TEXT NOT NULL,
    contact         TEXT NOT NULL,
    template        TEXT NOT NULL,
    template_sha256 TEXT NOT NULL
) STRICT;

-- What a row says is known to hold since the last import of its file; a version tells no more.
INSERT INTO setting
    (key, value)
    SELECT key, value FROM old_setting;
INSERT INTO staff
    (id, name, role, hash, must_change, failures, locked_until, disabled_at, created_at, epoch)
    SELECT id, name, role, hash, must_change, failures, locked_until, disabled_at, created_at, epoch FROM old_staff;
INSERT INTO staff_totp
    (staff, secret, last_step, enrolled_at)
    SELECT staff, secret, last_step, enrolled_at FROM old_staff_totp;
INSERT INTO recovery_code
    (staff, hash, used_at)
    SELECT staff, hash, used_at FROM old_recovery_code;
INSERT INTO audit
    (seq, at, staff, terminal, action, member, batch, detail, prev, hash)
    SELECT seq, at, staff, terminal, action, member, batch, detail, prev, hash FROM old_audit;
INSERT INTO audit_floor
    (one, seq, hash)
    SELECT one, seq, hash FROM old_audit_floor;
INSERT INTO employer
    (id, code, code_shown, kana, name, postcode, address1, address2, phone, department, contact, applied_on,
    withdrawn_on, run_id)
    SELECT id, code, code_shown, kana, name, postcode, address1, address2, phone, department, contact, applied_on,
    withdrawn_on,
        (SELECT MAX(id) FROM old_import_run WHERE kind = 'employers') FROM old_employer;
INSERT INTO import_run
    (id, at, staff, kind, file, sha256, row_count, added, changed, unchanged, rejected)
    SELECT id, at, staff, kind, file, sha256, row_count, added, changed, unchanged, rejected FROM old_import_run;
INSERT INTO import_note
    (run_id, line, key, code)
    SELECT run_id, line, key, code FROM old_import_note;
INSERT INTO member
    (id, symbol, number, branch, symbol_shown, number_shown, branch_shown, relation, relationship, kana, kana_key,
    name, name_key, sex, born_on, acquired_on, lost_on, loss_reason, employer_id, voluntary, former_symbol,
    former_number, former_branch, change_reason, checkup, run_id)
    SELECT id, symbol, number, branch, symbol_shown, number_shown, branch_shown, relation, relationship, kana,
    kana_key, name, name_key, sex, born_on, acquired_on, lost_on, loss_reason, employer_id, voluntary,
    former_symbol, former_number, former_branch, change_reason, checkup,
        (SELECT MAX(id) FROM old_import_run WHERE kind = 'members') FROM old_member;
INSERT INTO member_gram
    (gram, member_id)
    SELECT gram, member_id FROM old_member_gram;
INSERT INTO account
    (id, member_id, login_id, email, web_display, registered_at, bounced_at, last_login_at, login_changed_at,
    viewing_changed_at, question_changed_at, points_applied_at, closed_at, closed_reason)
    SELECT id, member_id, login_id, email, web_display, registered_at, bounced_at, last_login_at, login_changed_at,
    viewing_changed_at, question_changed_at, points_applied_at, closed_at, closed_reason FROM old_account;
INSERT INTO portal_event
    (seq, occurred_at, kind, member_id, digest)
    SELECT seq, occurred_at, kind, member_id, digest FROM old_portal_event;
INSERT INTO batch
    (id, number, state, version, planned_on, drafted_by, drafted_at, approved_by, approved_at, exported_by,
    exported_at, printed_by, printed_at, dispatched_by, dispatched_at, dispatched_on, cancelled_by, cancelled_at,
    folder)
    SELECT id, number, state, version, planned_on, drafted_by, drafted_at, approved_by, approved_at, exported_by,
    exported_at, printed_by, printed_at, dispatched_by, dispatched_at, dispatched_on, cancelled_by, cancelled_at,
    folder FROM old_batch;
INSERT INTO batch_file
    (batch_id, name, pages, sha256, secret, destroyed_at)
    SELECT batch_id, name, pages, sha256, secret, destroyed_at FROM old_batch_file;
INSERT INTO card
    (id, kind, state, cause, member_id, account_id, replaces, asked_by, asked_at, reason, reason_detail,
    employer_id, batch_id, position, serial, hash, issue_on, dispatched_on, returned_on, dead_on, dead_reason,
    one_off_id, changed_by, changed_at)
    SELECT id, kind, state, cause, member_id, account_id, replaces, asked_by, asked_at, reason, reason_detail,
    employer_id, batch_id, position, serial, hash, issue_on, dispatched_on, returned_on, dead_on, dead_reason,
    one_off_id, changed_by, changed_at FROM old_card;
INSERT INTO batch_card
    (batch_id, card_id, serial, left_as)
    SELECT batch_id, card_id, serial, left_as FROM old_batch_card;
INSERT INTO bundle
    (batch_id, employer_id, cards, receipt_on)
    SELECT batch_id, employer_id, cards, receipt_on FROM old_bundle;
INSERT INTO one_off_address
    (id, card_id, state, postcode, address1, address2, addressee, department, reason, proposed_by, proposed_at,
    decided_by, decided_at, answer)
    SELECT id, card_id, state, postcode, address1, address2, addressee, department, reason, proposed_by,
    proposed_at, decided_by, decided_at, answer FROM old_one_off_address;
INSERT INTO feed
    (seq, at, operation, kind, symbol, number, branch, login_id, hash, valid_from, must_change)
    SELECT seq, at, operation, kind, symbol, number, branch, login_id, hash, valid_from, must_change FROM old_feed;
INSERT INTO request
    (id, receipt, received_at, channel, kind, state, symbol, number, branch, name, kana, born_on, employer, phone,
    email, body, member_id, checked, checked_by, checked_at, reason, reply, settled_by, settled_at, card_id,
    merged_into)
    SELECT id, receipt, received_at, channel, kind, state, symbol, number, branch, name, kana, born_on, employer,
    phone, email, body, member_id, checked, checked_by, checked_at, reason, reply, settled_by, settled_at, card_id,
    merged_into FROM old_request;
INSERT INTO contact_note
    (id, member_id, at, staff, channel, topic, body, follow_up_on, done_at, done_by, closing, referred, search)
    SELECT id, member_id, at, staff, channel, topic, body, follow_up_on, done_at, done_by, closing, referred, search
    FROM old_contact_note;
INSERT INTO purge
    (id, before_on, counts, proposed_by, proposed_at, approved_by, approved_at)
    SELECT id, before_on, counts, proposed_by, proposed_at, approved_by, approved_at FROM old_purge;

UPDATE old_card SET one_off_id = NULL WHERE one_off_id IS NOT NULL;
DROP TABLE old_purge;
DROP TABLE old_contact_note;
DROP TABLE old_request;
DROP TABLE old_feed;
DROP TABLE old_one_off_address;
DROP TABLE old_bundle;
DROP TABLE old_batch_card;
DROP TABLE old_card;
DROP TABLE old_batch_file;
DROP TABLE old_batch;
DROP TABLE old_portal_event;
DROP TABLE old_account;
DROP TABLE old_member_gram;
DROP TABLE old_member;
DROP TABLE old_import_note;
DROP TABLE old_import_run;
DROP TABLE old_employer;
DROP TABLE old_audit_floor;
DROP TABLE old_audit;
DROP TABLE old_recovery_code;
DROP TABLE old_staff_totp;
DROP TABLE old_staff;
DROP TABLE old_setting;

CREATE INDEX audit_member ON audit (member, seq) WHERE member IS NOT NULL;
CREATE INDEX audit_batch ON audit (batch, seq) WHERE batch IS NOT NULL;
CREATE INDEX audit_staff ON audit (staff, seq);
CREATE INDEX member_kana ON member (kana_key, id);
CREATE INDEX member_former ON member (former_symbol, former_number, former_branch) WHERE former_symbol IS NOT NULL;
CREATE INDEX member_employer ON member (employer_id);
CREATE UNIQUE INDEX account_open ON account (member_id) WHERE closed_at IS NULL;
CREATE INDEX account_member ON account (member_id);
CREATE INDEX portal_event_member ON portal_event (member_id, occurred_at);
CREATE UNIQUE INDEX card_one_waiting ON card (account_id, kind) WHERE state IN ('queued', 'held', 'drafted');
CREATE INDEX card_state ON card (state, member_id);
CREATE INDEX card_member ON card (member_id);
CREATE INDEX card_batch ON card (batch_id, position);
CREATE INDEX contact_note_member ON contact_note (member_id, at);
CREATE INDEX contact_note_follow_up ON contact_note (follow_up_on) WHERE follow_up_on IS NOT NULL AND done_at IS NULL;
CREATE INDEX batch_card_card ON batch_card (card_id);
CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_action ON audit (action, seq);
CREATE UNIQUE INDEX purge_open ON purge ((1)) WHERE approved_at IS NULL;
CREATE INDEX card_replaces ON card (replaces) WHERE replaces IS NOT NULL;
CREATE INDEX card_account ON card (account_id);
CREATE INDEX card_one_off ON card (one_off_id) WHERE one_off_id IS NOT NULL;
CREATE INDEX member_number ON member (symbol, LENGTH(number), number, branch);
CREATE INDEX card_dispatched ON card (dispatched_on) WHERE dispatched_on IS NOT NULL;
CREATE INDEX bundle_open ON bundle (batch_id) WHERE receipt_on IS NULL;
CREATE UNIQUE INDEX one_off_address_open ON one_off_address (card_id) WHERE state = 'proposed';
CREATE INDEX one_off_address_card ON one_off_address (card_id);
CREATE INDEX request_state ON request (state, received_at);
CREATE INDEX request_member ON request (member_id);
CREATE INDEX request_merged ON request (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX request_card ON request (card_id) WHERE card_id IS NOT NULL;
CREATE UNIQUE INDEX member_key ON member (symbol, number, branch) WHERE replaced_on IS NULL;
CREATE INDEX member_person ON member (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX member_replaced ON member (symbol, number, branch) WHERE replaced_on IS NOT NULL;
CREATE INDEX member_version_member ON member_version (member_id);
CREATE INDEX employer_version_employer ON employer_version (employer_id);
CREATE INDEX printed_card_card ON printed_card (card_id);
CREATE INDEX printed_card_exported ON printed_card (exported_at);

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
WHEN OLD.seq > (SELECT coalesce(max(seq), 0) FROM audit_floor)
BEGIN SELECT RAISE(ABORT, 'audit entries are purged below the floor only'); END;
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
    OR NEW.dead_reason NOT IN ('superseded', 'self_changed', 'display_off', 'member_lost', 'number_changed',
        'returned', 'by_hand')
BEGIN SELECT RAISE(ABORT, 'unknown code in card'); END;
CREATE TRIGGER card_codes_set BEFORE UPDATE OF kind, cause, reason, dead_reason ON card
WHEN NEW.kind NOT IN ('viewing', 'login')
    OR NEW.cause NOT IN ('registered', 'display_on', 'reissue', 'request', 'without_request', 'spoiled')
    OR NEW.reason NOT IN ('voluntary', 'withdrawn', 'no_employer', 'no_address', 'unprintable', 'by_hand')
    OR NEW.dead_reason NOT IN ('superseded', 'self_changed', 'display_off', 'member_lost', 'number_changed',
        'returned', 'by_hand')
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
    OR NEW.closed_reason NOT IN ('superseded', 'self_changed', 'display_off', 'member_lost', 'number_changed',
        'returned', 'by_hand')
BEGIN SELECT RAISE(ABORT, 'unknown code in account'); END;
CREATE TRIGGER account_codes_set BEFORE UPDATE OF web_display, closed_reason ON account
WHEN NEW.web_display NOT IN ('wanted', 'not_wanted')
    OR NEW.closed_reason NOT IN ('superseded', 'self_changed', 'display_off', 'member_lost', 'number_changed',
        'returned', 'by_hand')
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

-- H4: the feed and the versions are only appended to. Of the feed, login id and hash may be taken out.
CREATE TRIGGER feed_is_never_changed BEFORE UPDATE ON feed
WHEN NEW.seq <> OLD.seq OR NEW.at <> OLD.at OR NEW.operation <> OLD.operation OR NEW.kind IS NOT OLD.kind
    OR NEW.symbol <> OLD.symbol OR NEW.number <> OLD.number OR NEW.branch <> OLD.branch
    OR NEW.valid_from <> OLD.valid_from OR NEW.must_change <> OLD.must_change
    OR coalesce(NEW.login_id <> OLD.login_id, NEW.login_id IS NOT NULL)
    OR coalesce(NEW.hash <> OLD.hash, NEW.hash IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'instructions to the portal are never changed'); END;
CREATE TRIGGER feed_is_kept BEFORE DELETE ON feed
BEGIN SELECT RAISE(ABORT, 'instructions to the portal are kept'); END;
CREATE TRIGGER member_version_is_never_changed BEFORE UPDATE ON member_version
BEGIN SELECT RAISE(ABORT, 'versions are never changed'); END;
CREATE TRIGGER member_version_is_kept BEFORE DELETE ON member_version
WHEN (SELECT lost_on FROM member WHERE id = OLD.member_id) IS NULL
BEGIN SELECT RAISE(ABORT, 'versions are kept while the membership lasts'); END;
CREATE TRIGGER employer_version_is_never_changed BEFORE UPDATE ON employer_version
BEGIN SELECT RAISE(ABORT, 'versions are never changed'); END;
CREATE TRIGGER employer_version_is_kept BEFORE DELETE ON employer_version
BEGIN SELECT RAISE(ABORT, 'versions are kept'); END;
CREATE TRIGGER printed_card_is_never_changed BEFORE UPDATE ON printed_card
BEGIN SELECT RAISE(ABORT, 'what was printed is never changed'); END;

-- Memberships that the registry joined by a former key so far. A former record is not acquired later than the next; two
-- of one day that name each other stay apart, and so does one whose reading and birth date both differ (A11).
UPDATE member SET joined_by = 'registry', person_id = (
    SELECT min(o.id) FROM member o
    WHERE o.symbol = member.former_symbol AND o.number = member.former_number AND o.branch = member.former_branch
      AND o.id <> member.id AND o.acquired_on <= member.acquired_on
      AND NOT (o.acquired_on = member.acquired_on AND coalesce(o.former_symbol = member.symbol
          AND o.former_number = member.number AND o.former_branch = member.branch, FALSE))
      AND (o.kana_key = member.kana_key OR o.born_on = member.born_on))
WHERE former_symbol IS NOT NULL;
UPDATE member SET joined_by = NULL WHERE person_id IS NULL AND joined_by IS NOT NULL;
-- Each step halves the way to the first membership: 32 changes of number.
UPDATE member SET person_id = (SELECT l.person_id FROM member l WHERE l.id = member.person_id)
WHERE person_id IN (SELECT id FROM member WHERE person_id IS NOT NULL);
UPDATE member SET person_id = (SELECT l.person_id FROM member l WHERE l.id = member.person_id)
WHERE person_id IN (SELECT id FROM member WHERE person_id IS NOT NULL);
UPDATE member SET person_id = (SELECT l.person_id FROM member l WHERE l.id = member.person_id)
WHERE person_id IN (SELECT id FROM member WHERE person_id IS NOT NULL);
UPDATE member SET person_id = (SELECT l.person_id FROM member l WHERE l.id = member.person_id)
WHERE person_id IN (SELECT id FROM member WHERE person_id IS NOT NULL);
UPDATE member SET person_id = (SELECT l.person_id FROM member l WHERE l.id = member.person_id)
WHERE person_id IN (SELECT id FROM member WHERE person_id IS NOT NULL);

PRAGMA secure_delete = OFF;
