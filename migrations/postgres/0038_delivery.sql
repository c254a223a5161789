-- How far the feed was delivered to its place: what is on its way, and what has arrived there. The portal's own word is
-- `acknowledged`.
ALTER TABLE portal ADD COLUMN delivering BIGINT NOT NULL DEFAULT 0;
ALTER TABLE portal ADD COLUMN delivered BIGINT NOT NULL DEFAULT 0;
ALTER TABLE portal ADD COLUMN delivered_at TIMESTAMPTZ;
