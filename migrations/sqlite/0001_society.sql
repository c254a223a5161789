-- Settings of the society (名称, 保険者番号, policies) and whether this is a rehearsal database.
CREATE TABLE setting (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE staff (
    id           TEXT PRIMARY KEY,
    name         TEXT NOT NULL,
    role         TEXT NOT NULL,
    hash         TEXT NOT NULL,
    must_change  BOOLEAN NOT NULL,
    failures     BIGINT NOT NULL DEFAULT 0,
    locked_until DATETIME,
    disabled_at  DATETIME,
    created_at   DATETIME NOT NULL
);

-- Who, when, where, what, whom. Each entry's hash covers the one before it.
CREATE TABLE audit (
    seq      BIGINT PRIMARY KEY,
    at       DATETIME NOT NULL,
    staff    TEXT NOT NULL,
    terminal TEXT NOT NULL,
    action   TEXT NOT NULL,
    member   TEXT,
    batch    TEXT,
    detail   TEXT NOT NULL,
    prev     TEXT NOT NULL,
    hash     TEXT NOT NULL
);
CREATE INDEX audit_member ON audit (member, seq) WHERE member IS NOT NULL;
CREATE INDEX audit_batch ON audit (batch, seq) WHERE batch IS NOT NULL;
CREATE INDEX audit_staff ON audit (staff, seq);

-- 事業所 and its 代表住所, the only place a card is sent to (R1).
CREATE TABLE employer (
    id           INTEGER PRIMARY KEY,
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
    applied_on   DATE,
    withdrawn_on DATE
);

CREATE TABLE member (
    id            INTEGER PRIMARY KEY,
    symbol        TEXT NOT NULL,
    number        TEXT NOT NULL,
    branch        TEXT NOT NULL,
    symbol_shown  TEXT NOT NULL,
    number_shown  TEXT NOT NULL,
    branch_shown  TEXT NOT NULL,
    relation      TEXT NOT NULL,
    relationship  TEXT NOT NULL,
    kana          TEXT NOT NULL,
    kana_key      TEXT NOT NULL,
    name          TEXT NOT NULL,
    name_key      TEXT NOT NULL,
    sex           TEXT,
    born_on       DATE NOT NULL,
    acquired_on   DATE NOT NULL,
    lost_on       DATE,
    loss_reason   TEXT NOT NULL,
    employer_id   BIGINT REFERENCES employer (id),
    voluntary     BOOLEAN NOT NULL,
    former_symbol TEXT,
    former_number TEXT,
    former_branch TEXT,
    change_reason TEXT,
    checkup       BOOLEAN NOT NULL,
    UNIQUE (symbol, number, branch)
);
CREATE INDEX member_kana ON member (kana_key, id);
CREATE INDEX member_former ON member (former_symbol, former_number, former_branch) WHERE former_symbol IS NOT NULL;
CREATE INDEX member_employer ON member (employer_id);

-- Two-character pieces of the name key: no index type finds 東海 in 東海林 as cheaply.
CREATE TABLE member_gram (
    gram      TEXT NOT NULL,
    member_id BIGINT NOT NULL,
    PRIMARY KEY (gram, member_id)
) WITHOUT ROWID;

-- A registration on the portal. A closed account keeps its row as a tombstone (A9).
CREATE TABLE account (
    id               INTEGER PRIMARY KEY,
    member_id        BIGINT NOT NULL REFERENCES member (id),
    login_id         TEXT,
    email            TEXT,
    web_display      TEXT NOT NULL,
    registered_at    DATETIME NOT NULL,
    bounced_at       DATETIME,
    last_login_at    DATETIME,
    login_changed_at DATETIME,
    viewing_changed_at DATETIME,
    question_changed_at DATETIME,
    points_applied_at DATETIME,
    closed_at        DATETIME,
    closed_reason    TEXT
);
CREATE UNIQUE INDEX account_open ON account (member_id) WHERE closed_at IS NULL;
CREATE INDEX account_member ON account (member_id);

CREATE TABLE portal_event (
    seq         BIGINT PRIMARY KEY,
    occurred_at DATETIME NOT NULL,
    kind        TEXT NOT NULL,
    member_id   BIGINT NOT NULL REFERENCES member (id),
    digest      TEXT NOT NULL
);
CREATE INDEX portal_event_member ON portal_event (member_id, occurred_at);

CREATE TABLE batch (
    id            INTEGER PRIMARY KEY,
    number        TEXT NOT NULL UNIQUE,
    state         TEXT NOT NULL,
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

CREATE TABLE batch_file (
    batch_id     BIGINT NOT NULL REFERENCES batch (id),
    name         TEXT NOT NULL,
    pages        BIGINT NOT NULL,
    sha256       TEXT NOT NULL,
    secret       BOOLEAN NOT NULL,
    destroyed_at DATETIME,
    PRIMARY KEY (batch_id, name)
);

-- A sealed postcard from the asking to its end. Never deleted: every card can be accounted for.
CREATE TABLE card (
    id            INTEGER PRIMARY KEY,
    kind          TEXT NOT NULL,
    state         TEXT NOT NULL,
    cause         TEXT NOT NULL,
    member_id     BIGINT NOT NULL REFERENCES member (id),
    account_id    BIGINT NOT NULL REFERENCES account (id),
    replaces      BIGINT REFERENCES card (id),
    asked_by      TEXT NOT NULL,
    asked_at      DATETIME NOT NULL,
    reason        TEXT,
    reason_detail TEXT,
    employer_id   BIGINT REFERENCES employer (id),
    batch_id      BIGINT REFERENCES batch (id),
    position      BIGINT,
    serial        TEXT UNIQUE,
    hash          TEXT,
    issue_on      DATE,
    dispatched_on DATE,
    returned_on   DATE,
    dead_on       DATE,
    dead_reason   TEXT
);
CREATE UNIQUE INDEX card_one_waiting ON card (account_id, kind) WHERE state IN ('queued', 'held', 'drafted');
CREATE INDEX card_state ON card (state, member_id);
CREATE INDEX card_member ON card (member_id);
CREATE INDEX card_batch ON card (batch_id, position);

-- An employer's parcel in a batch (B9).
CREATE TABLE bundle (
    batch_id    BIGINT NOT NULL REFERENCES batch (id),
    employer_id BIGINT NOT NULL REFERENCES employer (id),
    cards       BIGINT NOT NULL,
    receipt_on  DATE,
    PRIMARY KEY (batch_id, employer_id)
);

-- What the portal must do with hashes, in ascending order.
CREATE TABLE feed (
    seq         BIGINT PRIMARY KEY,
    at          DATETIME NOT NULL,
    operation   TEXT NOT NULL,
    kind        TEXT,
    symbol      TEXT NOT NULL,
    number      TEXT NOT NULL,
    branch      TEXT NOT NULL,
    login_id    TEXT,
    hash        TEXT,
    valid_from  DATE NOT NULL,
    must_change BOOLEAN NOT NULL
);

-- ログイン情報送付依頼
CREATE TABLE request (
    id           INTEGER PRIMARY KEY,
    receipt      TEXT NOT NULL UNIQUE,
    received_at  DATETIME NOT NULL,
    channel      TEXT NOT NULL,
    kind         TEXT NOT NULL,
    state        TEXT NOT NULL,
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
CREATE INDEX request_state ON request (state, received_at);
CREATE INDEX request_member ON request (member_id);

-- 対応記録
CREATE TABLE contact_note (
    id           INTEGER PRIMARY KEY,
    member_id    BIGINT NOT NULL REFERENCES member (id),
    at           DATETIME NOT NULL,
    staff        TEXT NOT NULL,
    channel      TEXT NOT NULL,
    topic        TEXT NOT NULL,
    body         TEXT NOT NULL,
    follow_up_on DATE,
    done_at      DATETIME
);
CREATE INDEX contact_note_member ON contact_note (member_id, at);
CREATE INDEX contact_note_follow_up ON contact_note (follow_up_on) WHERE follow_up_on IS NOT NULL AND done_at IS NULL;

CREATE TABLE import_run (
    id         INTEGER PRIMARY KEY,
    at         DATETIME NOT NULL,
    staff      TEXT NOT NULL,
    kind       TEXT NOT NULL,
    file       TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    row_count  BIGINT NOT NULL,
    added      BIGINT NOT NULL,
    changed    BIGINT NOT NULL,
    unchanged  BIGINT NOT NULL,
    rejected   BIGINT NOT NULL
);
