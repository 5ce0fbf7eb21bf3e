-- What happened stays written; only a person's own words about it may be taken back.
CREATE FUNCTION activity_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.note = '' THEN
        OLD.note := '';
        IF NEW IS NOT DISTINCT FROM OLD THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'facts are only ever added' USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- Rows of the journal are neither changed nor deleted, not even by its owner.
CREATE TRIGGER activity_append_only BEFORE UPDATE OR DELETE ON activity_fact
    FOR EACH ROW EXECUTE FUNCTION activity_refuse_change();

-- The journal is never emptied.
CREATE TRIGGER activity_never_emptied BEFORE TRUNCATE ON activity_fact
    FOR EACH STATEMENT EXECUTE FUNCTION activity_refuse_change();
