-- What a caller says besides number and name finds a member, too.
CREATE INDEX member_born ON member (born_on, kana_key);
-- The given reading: what stands behind the blank.
CREATE INDEX member_given ON member (substr(kana, instr(replace(kana, ' ', '　'), '　') + 1));
CREATE INDEX account_login ON account (login_id) WHERE login_id IS NOT NULL;
CREATE INDEX request_phone ON request (replace(replace(replace(replace(phone, '-', ''), ' ', ''), '(', ''), ')', ''));
