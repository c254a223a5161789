-- Sign-in: the role of auditors, and failures by where they come from (F1).
ALTER TABLE staff DROP CONSTRAINT staff_role;
ALTER TABLE staff
    ADD CONSTRAINT staff_role CHECK (role IN ('clerk', 'supervisor', 'admin', 'auditor'));

-- Failures in a row at one terminal, whoever was named; no sign-in from there before `wait_until`.
CREATE TABLE sign_in_origin (
    origin     TEXT COLLATE "C" PRIMARY KEY,
    failures   BIGINT NOT NULL,
    wait_until TIMESTAMPTZ
);
