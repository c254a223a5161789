-- Sign-in: the role of auditors, and failures by where they come from (F1).
DROP TRIGGER staff_codes_new;
CREATE TRIGGER staff_codes_new BEFORE INSERT ON staff
WHEN NEW.role NOT IN ('clerk', 'supervisor', 'admin', 'auditor')
BEGIN SELECT RAISE(ABORT, 'unknown code in staff'); END;
DROP TRIGGER staff_codes_set;
CREATE TRIGGER staff_codes_set BEFORE UPDATE OF role ON staff
WHEN NEW.role NOT IN ('clerk', 'supervisor', 'admin', 'auditor')
BEGIN SELECT RAISE(ABORT, 'unknown code in staff'); END;

-- Failures in a row at one terminal, whoever was named; no sign-in from there before `wait_until`.
CREATE TABLE sign_in_origin (
    origin     TEXT PRIMARY KEY,
    failures   INTEGER NOT NULL,
    wait_until TEXT
) STRICT;
