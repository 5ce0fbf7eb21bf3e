-- The one row that says how far the sequencer has come.
INSERT INTO ledger_sequencer (id, low_id, next_position, sample_id, sample_open)
VALUES (1, 0, 0, 0, '');

-- Puts up to p_most committed transactions in order and adds them up; returns how many.
-- Identity ids are given out before commit, so a later id may become visible first. Whoever was
-- given an id holds a lock on the table until the end of its transaction. So nothing up to sample_id
-- can still appear once all who held that lock when the sample was taken have let go; until then
-- the anti-join finds latecomers inside the window above low_id.
CREATE FUNCTION ledger_advance(p_most int) RETURNS int LANGUAGE plpgsql
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
    SELECT array_agg(id ORDER BY id) INTO batch FROM (
        SELECT t.id FROM ledger_transaction t
        WHERE t.id > state.low_id
          AND NOT EXISTS (SELECT FROM ledger_position p WHERE p.transaction_id = t.id)
        ORDER BY t.id LIMIT p_most
    ) AS waiting;
    placed := coalesce(cardinality(batch), 0);

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
    UPDATE ledger_sequencer SET low_id = state.low_id, sample_id = state.sample_id,
        sample_open = state.sample_open, next_position = state.next_position + placed;
    RETURN placed;
END $$;

-- How collectives' money moved, as people count it: one row for what a transaction brought or took,
-- fees included, and one for each fee kept from it or given back. Kinds 2, 3 and 4 are fees,
-- purpose 1 is a collective's funds; fees belong to the first of a transaction's funds.
CREATE VIEW ledger_movement AS
    SELECT f.transaction_id, a.id AS account_id, a.party_id, a.host_id, a.place_id, f.currency,
           t.effective_on, moved.kind, moved.category, moved.amount
    FROM ledger_entry f
    JOIN ledger_account a ON a.id = f.account_id AND a.purpose = 1
    JOIN ledger_transaction t ON t.id = f.transaction_id
    CROSS JOIN LATERAL (
        SELECT f.n = (SELECT min(o.n) FROM ledger_entry o
                      JOIN ledger_account oa ON oa.id = o.account_id AND oa.purpose = 1
                      WHERE o.transaction_id = f.transaction_id
                        AND o.currency = f.currency) AS first
    ) AS order_of
    CROSS JOIN LATERAL (
        SELECT t.kind, coalesce(t.category_id, 0::smallint) AS category,
               f.amount + coalesce((SELECT sum(e.amount) FROM ledger_entry e
                   WHERE e.transaction_id = f.transaction_id AND e.currency = f.currency
                     AND e.kind IN (2, 3, 4) AND order_of.first), 0) AS amount
        UNION ALL
        SELECT e.kind, 0::smallint, -e.amount FROM ledger_entry e
        WHERE e.transaction_id = f.transaction_id AND e.currency = f.currency
          AND e.kind IN (2, 3, 4) AND order_of.first
    ) AS moved;

-- Adds transactions that were just put in order to the tallies and to the sums by day and month.
-- In the sums by month a gift counts in full and the fees kept from it count as money out, so that
-- what was raised less what was spent is what is in the pot.
CREATE FUNCTION ledger_add_up(batch bigint[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO ledger_tally AS tally (account_id, balance, entries)
    SELECT e.account_id, sum(e.amount)::bigint, count(*)
    FROM ledger_entry e
    WHERE e.transaction_id = ANY (batch) AND e.seq IS NULL
    GROUP BY e.account_id ORDER BY e.account_id
    ON CONFLICT (account_id) DO UPDATE SET
        balance = tally.balance + excluded.balance, entries = tally.entries + excluded.entries;

    INSERT INTO ledger_daysum AS total (account_id, day, kind, incoming, outgoing, entries)
    SELECT e.account_id, t.effective_on, t.kind,
           coalesce(sum(e.amount) FILTER (WHERE e.amount > 0), 0),
           coalesce(-sum(e.amount) FILTER (WHERE e.amount < 0), 0), count(*)
    FROM ledger_entry e JOIN ledger_transaction t ON t.id = e.transaction_id
    WHERE e.transaction_id = ANY (batch) AND e.seq IS NOT NULL
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (account_id, day, kind) DO UPDATE SET
        incoming = total.incoming + excluded.incoming,
        outgoing = total.outgoing + excluded.outgoing, entries = total.entries + excluded.entries;

    INSERT INTO ledger_monthsum AS total
        (scope, scope_id, currency, month, kind, category, incoming, outgoing, entries)
    SELECT s.scope, s.scope_id, m.currency, date_trunc('month', m.effective_on)::date, m.kind,
           m.category, coalesce(sum(m.amount) FILTER (WHERE m.amount > 0), 0),
           coalesce(-sum(m.amount) FILTER (WHERE m.amount < 0), 0), count(*)
    FROM ledger_movement m
    CROSS JOIN LATERAL (VALUES (1, m.party_id), (2, m.host_id), (3, m.place_id), (4, 0))
        AS s (scope, scope_id)
    WHERE m.transaction_id = ANY (batch) AND s.scope_id IS NOT NULL
    GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
    ON CONFLICT (scope, scope_id, currency, month, kind, category) DO UPDATE SET
        incoming = total.incoming + excluded.incoming,
        outgoing = total.outgoing + excluded.outgoing, entries = total.entries + excluded.entries;
$$;
