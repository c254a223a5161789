-- Accounts of programs that run by themselves: one role for each thing that one may do.
ALTER TABLE staff DROP CONSTRAINT staff_role;
ALTER TABLE staff
    ADD CONSTRAINT staff_role CHECK (role IN ('clerk', 'supervisor', 'admin', 'auditor',
        'machine_import', 'machine_feed', 'machine_backup', 'machine_draft', 'machine_export'));
