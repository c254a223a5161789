-- S4: whether a file with passwords was written with a passphrase. A remake of such a batch asks for one, too.
ALTER TABLE batch_file ADD COLUMN encrypted BOOLEAN NOT NULL DEFAULT FALSE;
