-- An entry of the log has the number after the last one: a number far ahead would leave none for the next.
CREATE TRIGGER audit_is_numbered BEFORE INSERT ON audit
WHEN NEW.seq <> 1 + max((SELECT coalesce(max(seq), 0) FROM audit), (SELECT coalesce(max(seq), 0) FROM audit_floor))
BEGIN SELECT RAISE(ABORT, 'entries of the log are numbered one by one'); END;
