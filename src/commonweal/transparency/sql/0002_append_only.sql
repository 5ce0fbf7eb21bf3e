-- Hashes are SHA-256, and a whole tile holds 256 of them.
ALTER TABLE transparency_leaf ADD CONSTRAINT hash_of_32_bytes CHECK (octet_length(hash) = 32);
ALTER TABLE transparency_leaf ADD CONSTRAINT body_fits_a_bundle
    CHECK (octet_length(body) BETWEEN 1 AND 65535);
ALTER TABLE transparency_tile ADD CONSTRAINT tile_is_whole
    CHECK (octet_length(data) = 8192 AND octet_length(root) = 32);

-- Hashes do not compress.
ALTER TABLE transparency_tile ALTER COLUMN data SET STORAGE EXTERNAL;

-- Rows that only come need early freezing rather than cleaning.
ALTER TABLE transparency_leaf SET (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_freeze_min_age = 0);

-- What was published stays, also for the owner of the tables.
CREATE TRIGGER transparency_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON transparency_leaf
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER transparency_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON transparency_tile
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER transparency_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON transparency_checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER transparency_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON transparency_key
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();

-- Leaves come in order without a gap, and checkpoints cover leaves that are there: a larger one each
-- time. So two sequencers cannot fork the log, whatever they believe.
CREATE FUNCTION transparency_refuse_gap() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    first bigint; last bigint; many bigint;
BEGIN
    SELECT min(position), max(position), count(*) INTO first, last, many FROM added;
    IF many > 0 AND (last - first + 1 <> many OR first <> (
        SELECT coalesce(max(position) + 1, 0) FROM transparency_leaf WHERE position < first)) THEN
        RAISE EXCEPTION 'leaves come in order, without a gap' USING ERRCODE = 'LG405';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER transparency_in_order AFTER INSERT ON transparency_leaf
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION transparency_refuse_gap();

CREATE FUNCTION transparency_refuse_smaller() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.size <= (SELECT max(size) FROM transparency_checkpoint)
       OR NEW.size > (SELECT coalesce(max(position) + 1, 0) FROM transparency_leaf) THEN
        RAISE EXCEPTION 'a checkpoint covers more than the one before it, and only leaves'
            USING ERRCODE = 'LG405';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER transparency_grows BEFORE INSERT ON transparency_checkpoint
    FOR EACH ROW EXECUTE FUNCTION transparency_refuse_smaller();
