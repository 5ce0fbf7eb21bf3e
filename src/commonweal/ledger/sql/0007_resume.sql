-- Committed transactions above an id that have no place yet, the first ones.
CREATE FUNCTION ledger_unplaced(p_above bigint, p_most int) RETURNS bigint[]
LANGUAGE sql AS $$
    SELECT coalesce(array_agg(id ORDER BY id), '{}') FROM (
        SELECT t.id FROM ledger_transaction t
        WHERE t.id > p_above
          AND NOT EXISTS (SELECT FROM ledger_position p WHERE p.transaction_id = t.id)
        ORDER BY t.id LIMIT p_most
    ) AS waiting
$$;

-- As before, but after a full batch it goes on behind it: a long history that waits is read once and
-- not again for each batch. What came late below is found when a batch is not full: only then has
-- everything visible been placed.
--
-- Puts up to p_most committed transactions in order and adds them up; returns how many.
-- Identity ids are given out before commit, so a later id may become visible first. Whoever was
-- given an id holds a lock on the table until the end of its transaction. So nothing up to sample_id
-- can still appear once all who held that lock when the sample was taken have let go; until then
-- the anti-join finds latecomers inside the window above low_id.
CREATE OR REPLACE FUNCTION ledger_advance(p_most int) RETURNS int LANGUAGE plpgsql
SET commonweal.posting = 'on' AS $$
DECLARE
    state ledger_sequencer; newest bigint; open_now text[]; batch bigint[]; placed int;
BEGIN
    PERFORM pg_advisory_xact_lock(7001, 0);
    SELECT * INTO state FROM ledger_sequencer FOR UPDATE;

    -- The order of these three questions is what makes it safe: ids given out, who is still
    -- writing, what can be seen.
    SELECT CASE WHEN is_called THEN last_value ELSE 0 END INTO newest
    FROM ledger_transaction_id_seq;
    SELECT coalesce(array_agg(DISTINCT virtualtransaction), '{}') INTO open_now FROM pg_locks
    WHERE relation = 'ledger_transaction'::regclass AND mode = 'RowExclusiveLock' AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND pid IS DISTINCT FROM pg_backend_pid();
    batch := ledger_unplaced(greatest(state.low_id, state.resume_id), p_most);
    IF cardinality(batch) < p_most AND state.resume_id > state.low_id THEN
        batch := ledger_unplaced(state.low_id, p_most);
    END IF;
    placed := cardinality(batch);
    state.resume_id := CASE WHEN placed = p_most THEN batch[placed] ELSE 0 END;

    IF placed < p_most AND NOT string_to_array(state.sample_open, ' ') && open_now THEN
        state.low_id := state.sample_id;
        state.sample_id := newest;
        state.sample_open := array_to_string(open_now, ' ');
    END IF;

    IF placed > 0 THEN
        INSERT INTO ledger_position (position, transaction_id)
        SELECT state.next_position + n - 1, id FROM unnest(batch) WITH ORDINALITY AS b (id, n);
        PERFORM ledger_add_up(batch);
    END IF;
    UPDATE ledger_sequencer SET low_id = state.low_id, resume_id = state.resume_id,
        sample_id = state.sample_id, sample_open = state.sample_open, next_position = state.next_position + placed;
    RETURN placed;
END $$;
