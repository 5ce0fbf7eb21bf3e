-- Writes many transactions in one statement, with the checks and errors of ledger_post, and returns
-- their ids in order. Running balances are counted from the locked accounts in the given order.
CREATE FUNCTION ledger_post_batch(
    p_keys uuid[], p_hashes bytea[], p_kinds smallint[], p_days date[], p_hosts bigint[],
    p_categories smallint[], p_reverses bigint[], p_refs jsonb[],
    e_drafts int[], e_accounts bigint[], e_amounts bigint[], e_kinds smallint[],
    f_drafts int[], f_fields text[], f_values text[], f_salts bytea[], f_parties bigint[]
) RETURNS bigint[] LANGUAGE plpgsql SET commonweal.posting = 'on' AS $$
DECLARE
    ids bigint[]; expected int; known int; repeated int; unbalanced int; frozen_ones int;
    below int; lonely int; reused int;
BEGIN
    WITH head AS MATERIALIZED (
        SELECT * FROM unnest(p_keys, p_hashes, p_kinds, p_days, p_hosts, p_categories, p_reverses,
                             p_refs) WITH ORDINALITY
            AS h (key, hash, kind, day, host_id, category_id, reverses, refs, draft)
    ), inserted AS (
        INSERT INTO ledger_transaction
            (key, request_hash, kind, at, effective_on, host_id, category_id, reverses, refs)
        SELECT key, hash, kind, clock_timestamp(), day, host_id, category_id, reverses, refs
        FROM head ORDER BY draft
        ON CONFLICT (key) DO NOTHING RETURNING id, key
    ), fresh AS MATERIALIZED (
        SELECT i.id, min(h.draft)::int AS draft FROM inserted i JOIN head h USING (key) GROUP BY i.id
    ), posting AS MATERIALIZED (
        SELECT f.id AS transaction_id, e.draft, e.account_id, e.amount, e.kind,
               row_number() OVER (PARTITION BY e.draft ORDER BY e.leg) AS n
        FROM unnest(e_drafts, e_accounts, e_amounts, e_kinds) WITH ORDINALITY
            AS e (draft, account_id, amount, kind, leg) JOIN fresh f ON f.draft = e.draft
    ), locked AS MATERIALIZED (
        SELECT id, balance, seq, floor FROM ledger_account
        WHERE guarded AND id IN (SELECT account_id FROM posting)
        ORDER BY id FOR NO KEY UPDATE
    ), running AS MATERIALIZED (
        SELECT p.*, l.floor, (l.balance + sum(p.amount) OVER w)::bigint AS balance_after,
               l.seq + CASE WHEN l.id IS NOT NULL THEN count(*) OVER w END AS seq
        FROM posting p LEFT JOIN locked l ON l.id = p.account_id
        WINDOW w AS (PARTITION BY p.account_id ORDER BY p.draft, p.n)
    ), moved AS (
        UPDATE ledger_account a SET balance = a.balance + s.total, seq = a.seq + s.entries
        FROM locked l
        JOIN (SELECT account_id, sum(amount)::bigint AS total, count(*) AS entries
              FROM posting GROUP BY account_id) s ON s.account_id = l.id
        WHERE a.id = l.id
    ), written AS (
        INSERT INTO ledger_entry
            (transaction_id, n, account_id, kind, currency, amount, balance_after, seq)
        SELECT r.transaction_id, r.n, a.id, r.kind, a.currency, r.amount, r.balance_after, r.seq
        FROM running r JOIN ledger_account a ON a.id = r.account_id
        ORDER BY r.transaction_id, r.n
        RETURNING transaction_id, account_id, currency, amount
    ), told AS (
        INSERT INTO ledger_privatefact (transaction_id, field, value, salt, party_id)
        SELECT fresh.id, f.field, f.value, f.salt, f.party_id
        FROM unnest(f_drafts, f_fields, f_values, f_salts, f_parties)
            AS f (draft, field, value, salt, party_id) JOIN fresh ON fresh.draft = f.draft
    )
    SELECT (SELECT count(*) FROM posting),
           (SELECT count(*) FROM written),
           (SELECT count(*) FROM (SELECT FROM posting
               GROUP BY transaction_id, account_id HAVING count(*) > 1) AS twice),
           (SELECT count(*) FROM (SELECT FROM written
               GROUP BY transaction_id, currency HAVING sum(amount) <> 0) AS sums),
           (SELECT count(*) FROM ledger_account a
               WHERE frozen AND id IN (SELECT account_id FROM posting)),
           (SELECT count(*) FROM running WHERE balance_after < floor),
           (SELECT count(*) FROM fresh WHERE
               (SELECT count(*) FROM posting p WHERE p.transaction_id = fresh.id) < 2)
    INTO expected, known, repeated, unbalanced, frozen_ones, below, lonely;

    IF known <> expected OR repeated > 0 OR lonely > 0 THEN
        RAISE EXCEPTION 'an account is unknown or named twice' USING ERRCODE = 'LG002';
    ELSIF unbalanced > 0 THEN
        RAISE EXCEPTION 'the entries do not add up to zero' USING ERRCODE = 'LG001';
    ELSIF frozen_ones > 0 THEN
        RAISE EXCEPTION 'an account is frozen' USING ERRCODE = 'LG403';
    ELSIF below > 0 THEN
        RAISE EXCEPTION 'an account would hold less than it may' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'balance_not_below_floor';
    END IF;

    SELECT array_agg(t.id ORDER BY h.draft), count(*) FILTER (WHERE t.request_hash <> h.hash)
    INTO ids, reused
    FROM unnest(p_keys, p_hashes) WITH ORDINALITY AS h (key, hash, draft)
    JOIN ledger_transaction t USING (key);
    IF reused > 0 THEN
        RAISE EXCEPTION 'a key was used for another transaction' USING ERRCODE = 'LG409';
    END IF;
    RETURN ids;
END $$;
