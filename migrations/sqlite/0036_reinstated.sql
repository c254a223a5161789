-- P1: when the registry took back the loss that had closed the account. Its member is to register again, and is told so.
ALTER TABLE account ADD COLUMN reinstated_at TEXT;
CREATE INDEX account_reinstated ON account (member_id) WHERE reinstated_at IS NOT NULL;
