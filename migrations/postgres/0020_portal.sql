-- The portal: until when a login password counts, how far it has read the feed, and which epoch of the feed it reads.

-- L5: the day on which the temporary password ends, set at the dispatch; the portal is told the same.
ALTER TABLE card ADD COLUMN valid_until DATE;
ALTER TABLE feed ADD COLUMN valid_until DATE
    CONSTRAINT feed_valid_until CHECK (valid_until IS NULL OR (operation = 'activate' AND kind = 'login'));

-- One row. `epoch` is the number that the feed of this epoch begins with: 1, and behind what a portal may have read after
-- a restore. `acknowledged` is the last number that the portal says it has.
CREATE TABLE portal (
    one             BIGINT PRIMARY KEY CONSTRAINT portal_one CHECK (one = 1),
    epoch           BIGINT NOT NULL CONSTRAINT portal_epoch CHECK (epoch > 0),
    restored_at     TIMESTAMPTZ,
    acknowledged    BIGINT NOT NULL CONSTRAINT portal_acknowledged CHECK (acknowledged >= 0),
    acknowledged_by TEXT,
    acknowledged_at TIMESTAMPTZ
);
INSERT INTO portal (one, epoch, acknowledged) VALUES (1, 1, 0);
CREATE TRIGGER portal_goes_forward BEFORE UPDATE ON portal FOR EACH ROW
WHEN (NEW.epoch < OLD.epoch OR NEW.acknowledged < OLD.acknowledged) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER portal_is_kept BEFORE DELETE ON portal FOR EACH ROW EXECUTE FUNCTION refuse_change();

DROP TRIGGER feed_is_never_changed ON feed;
CREATE TRIGGER feed_is_never_changed BEFORE UPDATE ON feed FOR EACH ROW
WHEN ((NEW.seq, NEW.at, NEW.operation, NEW.symbol, NEW.number, NEW.branch, NEW.valid_from, NEW.must_change)
        IS DISTINCT FROM
        (OLD.seq, OLD.at, OLD.operation, OLD.symbol, OLD.number, OLD.branch, OLD.valid_from, OLD.must_change)
    OR NEW.kind IS DISTINCT FROM OLD.kind
    OR NEW.valid_until IS DISTINCT FROM OLD.valid_until
    OR coalesce(NEW.login_id <> OLD.login_id, NEW.login_id IS NOT NULL)
    OR coalesce(NEW.hash <> OLD.hash, NEW.hash IS NOT NULL))
EXECUTE FUNCTION refuse_change();
-- What is redacted is found by its member.
CREATE INDEX feed_member ON feed (symbol, number, branch, seq);
