-- A9: the hashes of a closed account go with its login data; those of accounts closed by earlier versions, too.
UPDATE card SET hash = NULL WHERE hash IS NOT NULL AND account_id IN (SELECT id FROM account WHERE closed_at IS NOT NULL);
