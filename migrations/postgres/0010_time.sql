-- Time in the data, and tables that refuse what the rules refuse.
--
-- A person's memberships are joined, a number can pass to another person, what the registry changes is kept as a
-- version, and what was printed on a card stays when its PDF is gone.
ALTER TABLE member
    -- The first membership of the same person, NULL in that one; joined by the former key, or by a supervisor.
    ADD COLUMN person_id BIGINT REFERENCES member (id),
    ADD COLUMN joined_by TEXT CONSTRAINT member_joined_by CHECK (joined_by IN ('registry', 'hand')),
    -- A11: the day on which the number was given to another person.
    ADD COLUMN replaced_on DATE;
CREATE UNIQUE INDEX member_key ON member (symbol, number, branch) WHERE replaced_on IS NULL;
ALTER TABLE member DROP CONSTRAINT member_symbol_number_branch_key;
CREATE INDEX member_person ON member (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX member_replaced ON member (symbol, number, branch) WHERE replaced_on IS NOT NULL;
-- `run_id` is the import that brought a row's values; no foreign key, which would double the time of an import. What a row
-- says is known to hold since the last import of its file. A default, taken away again, writes no row.
DO $$
DECLARE
    run BIGINT;
BEGIN
    SELECT MAX(id) INTO run FROM import_run WHERE kind = 'members';
    EXECUTE format('ALTER TABLE member ADD COLUMN run_id BIGINT DEFAULT %s', coalesce(run::text, 'NULL'));
    SELECT MAX(id) INTO run FROM import_run WHERE kind = 'employers';
    EXECUTE format('ALTER TABLE employer ADD COLUMN run_id BIGINT DEFAULT %s', coalesce(run::text, 'NULL'));
END $$;
ALTER TABLE member ALTER COLUMN run_id DROP DEFAULT;
ALTER TABLE employer ALTER COLUMN run_id DROP DEFAULT;

-- What the registry said of a member until an import, or a supervisor, changed it.
CREATE TABLE member_version (
    id            BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    member_id     BIGINT NOT NULL REFERENCES member (id),
    until_at      TIMESTAMPTZ NOT NULL,
    until_by      TEXT NOT NULL,
    until_run     BIGINT REFERENCES import_run (id),
    run_id        BIGINT,
    symbol        TEXT COLLATE "C" NOT NULL,
    number        TEXT COLLATE "C" NOT NULL,
    branch        TEXT COLLATE "C" NOT NULL,
    relation      TEXT NOT NULL,
    relationship  TEXT NOT NULL,
    kana          TEXT NOT NULL,
    name          TEXT NOT NULL,
    sex           TEXT,
    born_on       DATE NOT NULL,
    acquired_on   DATE NOT NULL,
    lost_on       DATE,
    loss_reason   TEXT NOT NULL,
    employer_id   BIGINT REFERENCES employer (id),
    voluntary     BOOLEAN NOT NULL,
    former_symbol TEXT COLLATE "C",
    former_number TEXT COLLATE "C",
    former_branch TEXT COLLATE "C",
    change_reason TEXT,
    checkup       BOOLEAN NOT NULL,
    replaced_on   DATE
);
CREATE INDEX member_version_member ON member_version (member_id);

-- The same of an employer.
CREATE TABLE employer_version (
    id           BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    employer_id  BIGINT NOT NULL REFERENCES employer (id),
    until_at     TIMESTAMPTZ NOT NULL,
    until_by     TEXT NOT NULL,
    until_run    BIGINT REFERENCES import_run (id),
    run_id       BIGINT,
    code         TEXT COLLATE "C" NOT NULL,
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
CREATE INDEX employer_version_employer ON employer_version (employer_id);

-- H3: what was printed on a card, for whom and to where; never the password. No foreign key: it outlives the card, and
-- goes with the log.
CREATE TABLE printed_card (
    serial          TEXT PRIMARY KEY,
    card_id         BIGINT NOT NULL,
    member          TEXT NOT NULL,
    exported_at     TIMESTAMPTZ NOT NULL,
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
);
CREATE INDEX printed_card_card ON printed_card (card_id);
CREATE INDEX printed_card_exported ON printed_card (exported_at);

CREATE INDEX audit_action ON audit (action, seq);

ALTER TABLE account
    ADD CONSTRAINT account_erased CHECK (closed_at IS NULL OR (login_id IS NULL AND email IS NULL));
ALTER TABLE card
    ADD CONSTRAINT card_held_why CHECK (state <> 'held' OR reason IS NOT NULL),
    ADD CONSTRAINT card_dispatched_when CHECK (state <> 'dispatched' OR dispatched_on IS NOT NULL);

-- H4: log, feed and versions are only appended to. Of the feed, login id and hash may be taken out; entries of the log
-- go below the floor only. This stops mistakes: the owner of the tables can drop a trigger, and then the chain shows it.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is only appended to', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
CREATE FUNCTION keep_above_floor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.seq > (SELECT coalesce(max(seq), 0) FROM audit_floor) THEN
        RAISE EXCEPTION 'audit entries are purged below the floor only' USING ERRCODE = 'check_violation';
    END IF;
    RETURN OLD;
END $$;
CREATE FUNCTION keep_while_insured() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT lost_on FROM member WHERE id = OLD.member_id) IS NULL THEN
        RAISE EXCEPTION 'versions are kept while the membership lasts' USING ERRCODE = 'check_violation';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION keep_above_floor();
CREATE TRIGGER feed_is_never_changed BEFORE UPDATE ON feed FOR EACH ROW
WHEN ((NEW.seq, NEW.at, NEW.operation, NEW.symbol, NEW.number, NEW.branch, NEW.valid_from, NEW.must_change)
        IS DISTINCT FROM
        (OLD.seq, OLD.at, OLD.operation, OLD.symbol, OLD.number, OLD.branch, OLD.valid_from, OLD.must_change)
    OR NEW.kind IS DISTINCT FROM OLD.kind
    OR coalesce(NEW.login_id <> OLD.login_id, NEW.login_id IS NOT NULL)
    OR coalesce(NEW.hash <> OLD.hash, NEW.hash IS NOT NULL))
EXECUTE FUNCTION refuse_change();
CREATE TRIGGER feed_is_kept BEFORE DELETE ON feed FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER member_version_is_never_changed BEFORE UPDATE ON member_version FOR EACH ROW
EXECUTE FUNCTION refuse_change();
CREATE TRIGGER member_version_is_kept BEFORE DELETE ON member_version FOR EACH ROW
EXECUTE FUNCTION keep_while_insured();
CREATE TRIGGER employer_version_is_never_changed BEFORE UPDATE OR DELETE ON employer_version FOR EACH ROW
EXECUTE FUNCTION refuse_change();
CREATE TRIGGER printed_card_is_never_changed BEFORE UPDATE ON printed_card FOR EACH ROW
EXECUTE FUNCTION refuse_change();

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
