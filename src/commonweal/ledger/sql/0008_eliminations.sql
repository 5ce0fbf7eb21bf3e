-- As before, and in which district the account is at home, where it is in one.
CREATE OR REPLACE VIEW ledger_movement AS
    SELECT f.transaction_id, a.id AS account_id, a.party_id, a.host_id, a.place_id, f.currency,
           t.effective_on, moved.kind, moved.category, moved.amount, a.district_id
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

-- What each transaction moved in each scope: for a collective (1) every movement of its pots, for a
-- host (2), a place (3) and the platform (4) only what entered or left it. There a transaction counts
-- with its net, and one that only moved money between pots of the scope does not count.
CREATE VIEW ledger_scoped AS
    SELECT 1 AS scope, m.party_id AS scope_id, m.transaction_id, m.currency,
           date_trunc('month', m.effective_on)::date AS month, m.kind, m.category,
           m.amount::numeric AS amount
    FROM ledger_movement m WHERE m.party_id IS NOT NULL
    UNION ALL
    SELECT scope, scope_id, transaction_id, currency, month, kind, category, amount FROM (
        SELECT s.scope, s.scope_id, m.transaction_id, m.currency,
               date_trunc('month', m.effective_on)::date AS month, m.kind, m.category,
               sum(m.amount) AS amount,
               sum(sum(m.amount)) OVER (
                   PARTITION BY s.scope, s.scope_id, m.transaction_id, m.currency) AS crossed
        FROM ledger_movement m
        CROSS JOIN LATERAL (VALUES (2, m.host_id), (3, m.place_id),
                                   (3, nullif(m.district_id, m.place_id)), (4, 0::bigint))
            AS s (scope, scope_id)
        WHERE s.scope_id IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6, 7
    ) AS net WHERE amount <> 0 AND crossed <> 0;

-- Adds transactions that were just put in order to the tallies and to the sums by day and month.
-- In the sums by month a gift counts in full and the fees kept from it count as money out, so that
-- what was raised less what was spent is what is in the pot.
CREATE OR REPLACE FUNCTION ledger_add_up(batch bigint[]) RETURNS void LANGUAGE sql AS $$
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
    SELECT s.scope, s.scope_id, s.currency, s.month, s.kind, s.category,
           coalesce(sum(s.amount) FILTER (WHERE s.amount > 0), 0),
           coalesce(-sum(s.amount) FILTER (WHERE s.amount < 0), 0), count(*)
    FROM ledger_scoped s
    WHERE s.transaction_id = ANY (batch)
    GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
    ON CONFLICT (scope, scope_id, currency, month, kind, category) DO UPDATE SET
        incoming = total.incoming + excluded.incoming,
        outgoing = total.outgoing + excluded.outgoing, entries = total.entries + excluded.entries;
$$;

-- Makes the sums by month anew from all that was put in order, while no batch is being added.
CREATE FUNCTION ledger_rebuild_months() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(7001, 0);
    DELETE FROM ledger_monthsum;
    INSERT INTO ledger_monthsum
        (scope, scope_id, currency, month, kind, category, incoming, outgoing, entries)
    SELECT s.scope, s.scope_id, s.currency, s.month, s.kind, s.category,
           coalesce(sum(s.amount) FILTER (WHERE s.amount > 0), 0),
           coalesce(-sum(s.amount) FILTER (WHERE s.amount < 0), 0), count(*)
    FROM ledger_scoped s JOIN ledger_position p ON p.transaction_id = s.transaction_id
    GROUP BY 1, 2, 3, 4, 5, 6;
END $$;

SELECT ledger_rebuild_months();
