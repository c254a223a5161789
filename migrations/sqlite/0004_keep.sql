-- 消去の提案: what one person proposed to remove, and how much that was; another one approves it.
CREATE TABLE purge (
    id          INTEGER PRIMARY KEY,
    before_on   DATE NOT NULL,
    counts      TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at DATETIME NOT NULL,
    approved_by TEXT,
    approved_at DATETIME
);
CREATE UNIQUE INDEX purge_open ON purge ((1)) WHERE approved_at IS NULL;

-- What a purge removes is looked for from the other side.
CREATE INDEX request_merged ON request (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX request_card ON request (card_id) WHERE card_id IS NOT NULL;
CREATE INDEX card_replaces ON card (replaces) WHERE replaces IS NOT NULL;
CREATE INDEX card_account ON card (account_id);
CREATE INDEX card_one_off ON card (one_off_id) WHERE one_off_id IS NOT NULL;
CREATE INDEX one_off_address_card ON one_off_address (card_id);
