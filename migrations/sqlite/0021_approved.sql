-- What was printed is part of what was approved (R5, H3): one table has both. The batch of an old row is what its serial
-- begins with; kind and birth date were not kept then.
INSERT INTO approved_card (batch, card_id, serial, member, name, employer_code, company, postcode, address1, address2,
    department, contact, approved_at, exported_at, template, template_sha256)
    SELECT rtrim(rtrim(serial, '0123456789'), '-'), card_id, serial, member, name, employer_code, company, postcode,
    address1, address2, department, contact, exported_at, exported_at, template, template_sha256 FROM printed_card;
-- What the copy held is overwritten: names and addresses do not stay in free pages.
PRAGMA secure_delete = ON;
DROP TABLE printed_card;
PRAGMA secure_delete = OFF;
