-- Accounts of programs that run by themselves: one role for each thing that one may do.
DROP TRIGGER staff_codes_new;
CREATE TRIGGER staff_codes_new BEFORE INSERT ON staff
WHEN NEW.role NOT IN ('clerk', 'supervisor', 'admin', 'auditor',
    'machine_import', 'machine_feed', 'machine_backup', 'machine_draft', 'machine_export')
BEGIN SELECT RAISE(ABORT, 'unknown code in staff'); END;
DROP TRIGGER staff_codes_set;
CREATE TRIGGER staff_codes_set BEFORE UPDATE OF role ON staff
WHEN NEW.role NOT IN ('clerk', 'supervisor', 'admin', 'auditor',
    'machine_import', 'machine_feed', 'machine_backup', 'machine_draft', 'machine_export')
BEGIN SELECT RAISE(ABORT, 'unknown code in staff'); END;
