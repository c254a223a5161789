-- An entry of the log has the number after the last one: a number far ahead would leave none for the next.
CREATE FUNCTION number_audit_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seq <> 1 + greatest((SELECT coalesce(max(seq), 0) FROM audit),
        (SELECT coalesce(max(seq), 0) FROM audit_floor)) THEN
        RAISE EXCEPTION 'entries of the log are numbered one by one' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER audit_is_numbered BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION number_audit_entry();
