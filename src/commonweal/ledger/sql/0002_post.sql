-- Amounts are whole minor units, never zero, and small enough to be exact everywhere.
ALTER TABLE ledger_entry ADD CONSTRAINT amount_in_range
    CHECK (amount <> 0 AND abs(amount) <= 1000000000000000);

-- A running balance and its number come together.
ALTER TABLE ledger_entry ADD CONSTRAINT seq_with_balance
    CHECK ((seq IS NULL) = (balance_after IS NULL));

-- Statements of guarded accounts read by seq; those of tallies by transaction.
CREATE UNIQUE INDEX ledger_entry_by_seq ON ledger_entry (account_id, seq) WHERE seq IS NOT NULL;
CREATE INDEX ledger_entry_by_account ON ledger_entry (account_id, transaction_id);

-- Auditors read a span of time; reversals look their original up.
CREATE INDEX ledger_transaction_by_time ON ledger_transaction
    USING brin (at) WITH (pages_per_range = 32);
CREATE INDEX ledger_transaction_by_reversed ON ledger_transaction (reverses)
    WHERE reverses IS NOT NULL;

-- Private facts are found by whom they are about, and by their words.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX ledger_privatefact_by_party ON ledger_privatefact (party_id)
    WHERE party_id IS NOT NULL;
CREATE INDEX ledger_privatefact_by_words ON ledger_privatefact
    USING gin (upper(value) gin_trgm_ops);
ALTER TABLE ledger_privatefact ADD CONSTRAINT salt_of_32_bytes CHECK (octet_length(salt) = 32);

-- Balances change all the time: leave room in the page, so that no index is touched (HOT).
ALTER TABLE ledger_account SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.01);

-- Rows that only come need early freezing rather than cleaning.
ALTER TABLE ledger_transaction SET (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_freeze_min_age = 0);
ALTER TABLE ledger_entry SET (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_freeze_min_age = 0);

-- Writes a balanced transaction and its entries in one statement, and returns its id.
-- Errors: LG409 the key was used for something else, LG001 it does not add up to zero in each
-- currency, LG002 an account is unknown or named twice, LG403 an account is frozen; check_violation
-- of balance_not_below_floor when an account would hold less than it may.
CREATE FUNCTION ledger_post(
    p_key uuid, p_hash bytea, p_kind smallint, p_effective_on date, p_host_id bigint,
    p_category smallint, p_reverses bigint, p_refs jsonb,
    p_accounts bigint[], p_amounts bigint[], p_kinds smallint[],
    p_fields text[], p_values text[], p_salts bytea[], p_parties bigint[]
) RETURNS bigint LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET commonweal.posting = 'on' AS $$
DECLARE
    new_id bigint; old_hash bytea; known int; different int; unbalanced int; frozen_ones int;
BEGIN
    WITH posting AS MATERIALIZED (
        SELECT * FROM unnest(p_accounts, p_amounts, p_kinds)
            WITH ORDINALITY AS p (account_id, amount, kind, n)
    ), head AS (
        INSERT INTO ledger_transaction
            (key, request_hash, kind, at, effective_on, host_id, category_id, reverses, refs)
        VALUES (p_key, p_hash, p_kind, clock_timestamp(), p_effective_on, p_host_id, p_category,
                p_reverses, p_refs)
        ON CONFLICT (key) DO NOTHING RETURNING id
    ), locked AS MATERIALIZED (
        SELECT id FROM ledger_account
        WHERE guarded AND id = ANY (p_accounts) AND EXISTS (SELECT FROM head)
        ORDER BY id FOR NO KEY UPDATE
    ), moved AS (
        UPDATE ledger_account a SET balance = a.balance + p.amount, seq = a.seq + 1
        FROM locked l JOIN posting p ON p.account_id = l.id WHERE a.id = l.id
        RETURNING a.id, a.balance, a.seq
    ), written AS (
        INSERT INTO ledger_entry
            (transaction_id, n, account_id, kind, currency, amount, balance_after, seq)
        SELECT head.id, p.n, a.id, p.kind, a.currency, p.amount, m.balance, m.seq
        FROM head, posting p JOIN ledger_account a ON a.id = p.account_id
        LEFT JOIN moved m ON m.id = p.account_id
        RETURNING account_id, currency, amount
    ), told AS (
        INSERT INTO ledger_privatefact (transaction_id, field, value, salt, party_id)
        SELECT head.id, f.field, f.value, f.salt, f.party_id
        FROM head, unnest(p_fields, p_values, p_salts, p_parties) AS f (field, value, salt, party_id)
    )
    SELECT (SELECT id FROM head),
           (SELECT count(*) FROM written),
           (SELECT count(DISTINCT account_id) FROM posting),
           (SELECT count(*) FROM
               (SELECT FROM written GROUP BY currency HAVING sum(amount) <> 0) AS sums),
           (SELECT count(*) FROM ledger_account WHERE id = ANY (p_accounts) AND frozen)
    INTO new_id, known, different, unbalanced, frozen_ones;

    IF new_id IS NULL THEN
        SELECT id, request_hash INTO new_id, old_hash FROM ledger_transaction WHERE key = p_key;
        IF old_hash IS DISTINCT FROM p_hash THEN
            RAISE EXCEPTION 'key % was used for another transaction', p_key USING ERRCODE = 'LG409';
        END IF;
        RETURN new_id;
    END IF;
    IF known <> cardinality(p_accounts) OR different <> known OR known < 2 THEN
        RAISE EXCEPTION 'an account is unknown or named twice' USING ERRCODE = 'LG002';
    END IF;
    IF unbalanced > 0 THEN
        RAISE EXCEPTION 'the entries do not add up to zero' USING ERRCODE = 'LG001';
    END IF;
    IF frozen_ones > 0 THEN
        RAISE EXCEPTION 'an account is frozen' USING ERRCODE = 'LG403';
    END IF;
    RETURN new_id;
END $$;
