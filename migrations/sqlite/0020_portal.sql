-- The portal: until when a login password counts, how far it has read the feed, and which epoch of the feed it reads.

-- L5: the day on which the temporary password ends, set at the dispatch; the portal is told the same.
ALTER TABLE card ADD COLUMN valid_until TEXT;
ALTER TABLE feed ADD COLUMN valid_until TEXT
    CONSTRAINT feed_valid_until CHECK (valid_until IS NULL OR (operation = 'activate' AND kind = 'login'));

-- One row. `epoch` is the number that the feed of this epoch begins with: 1, and behind what a portal may have read after
-- a restore. `acknowledged` is the last number that the portal says it has.
CREATE TABLE portal (
    one             INTEGER PRIMARY KEY CONSTRAINT portal_one CHECK (one = 1),
    epoch           INTEGER NOT NULL CONSTRAINT portal_epoch CHECK (epoch > 0),
    restored_at     TEXT,
    acknowledged    INTEGER NOT NULL CONSTRAINT portal_acknowledged CHECK (acknowledged >= 0),
    acknowledged_by TEXT,
    acknowledged_at TEXT
) STRICT;
INSERT INTO portal (one, epoch, acknowledged) VALUES (1, 1, 0);
CREATE TRIGGER portal_goes_forward BEFORE UPDATE ON portal
WHEN NEW.epoch < OLD.epoch OR NEW.acknowledged < OLD.acknowledged
BEGIN SELECT RAISE(ABORT, 'the portal never goes back'); END;
CREATE TRIGGER portal_is_kept BEFORE DELETE ON portal
BEGIN SELECT RAISE(ABORT, 'the portal never goes back'); END;

DROP TRIGGER feed_is_never_changed;
CREATE TRIGGER feed_is_never_changed BEFORE UPDATE ON feed
WHEN NEW.seq <> OLD.seq OR NEW.at <> OLD.at OR NEW.operation <> OLD.operation OR NEW.kind IS NOT OLD.kind
    OR NEW.symbol <> OLD.symbol OR NEW.number <> OLD.number OR NEW.branch <> OLD.branch
    OR NEW.valid_from <> OLD.valid_from OR NEW.must_change <> OLD.must_change OR NEW.valid_until IS NOT OLD.valid_until
    OR coalesce(NEW.login_id <> OLD.login_id, NEW.login_id IS NOT NULL)
    OR coalesce(NEW.hash <> OLD.hash, NEW.hash IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'instructions to the portal are never changed'); END;
-- What is redacted is found by its member.
CREATE INDEX feed_member ON feed (symbol, number, branch, seq);
