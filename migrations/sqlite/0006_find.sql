-- What people look for all day is found without reading what has gathered over the years: everybody under a symbol by
-- number (a large employer has tens of thousands), what was posted lately, parcels whose receipt is still out.
CREATE INDEX member_number ON member (symbol, LENGTH(number), number, branch);
CREATE INDEX card_dispatched ON card (dispatched_on) WHERE dispatched_on IS NOT NULL;
CREATE INDEX bundle_open ON bundle (batch_id) WHERE receipt_on IS NULL;
