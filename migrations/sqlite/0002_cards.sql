-- R3: 一度だけの送付先 of a held card, proposed by one supervisor and decided by another. Never deleted.
CREATE TABLE one_off_address (
    id          INTEGER PRIMARY KEY,
    card_id     BIGINT NOT NULL REFERENCES card (id),
    state       TEXT NOT NULL,
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
CREATE UNIQUE INDEX one_off_address_open ON one_off_address (card_id) WHERE state = 'proposed';
ALTER TABLE card ADD COLUMN one_off_id BIGINT REFERENCES one_off_address (id);

-- Every card that was ever in a batch, also where it left it again: held, cancelled, sent back to the queue.
CREATE TABLE batch_card (
    batch_id BIGINT NOT NULL REFERENCES batch (id),
    card_id  BIGINT NOT NULL REFERENCES card (id),
    serial   TEXT,
    left_as  TEXT,
    PRIMARY KEY (batch_id, card_id)
);
CREATE INDEX batch_card_card ON batch_card (card_id);
INSERT INTO batch_card (batch_id, card_id, serial) SELECT batch_id, id, serial FROM card WHERE batch_id IS NOT NULL;
