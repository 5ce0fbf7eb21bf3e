-- History is only added to, also by the owner of the tables.
CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is only ever added to' USING ERRCODE = 'LG405';
END $$;

CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE ON ledger_transaction
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE ON ledger_position
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_never_emptied BEFORE TRUNCATE ON ledger_transaction
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_never_emptied BEFORE TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_never_emptied BEFORE TRUNCATE ON ledger_position
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_never_emptied BEFORE TRUNCATE ON ledger_account
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();

-- A private fact may be erased but never rewritten: a commitment to it may be published.
CREATE TRIGGER ledger_erased_only BEFORE UPDATE ON ledger_privatefact
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();

-- Only the posting functions write: they alone set commonweal.posting.
CREATE FUNCTION ledger_refuse_bypass() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'only ledger_post writes the ledger' USING ERRCODE = 'LG405';
END $$;

CREATE TRIGGER ledger_posted_only BEFORE INSERT ON ledger_transaction FOR EACH STATEMENT
    WHEN (current_setting('commonweal.posting', true) IS DISTINCT FROM 'on')
    EXECUTE FUNCTION ledger_refuse_bypass();
CREATE TRIGGER ledger_posted_only BEFORE INSERT ON ledger_entry FOR EACH STATEMENT
    WHEN (current_setting('commonweal.posting', true) IS DISTINCT FROM 'on')
    EXECUTE FUNCTION ledger_refuse_bypass();
CREATE TRIGGER ledger_posted_only BEFORE UPDATE OF balance, seq, currency, guarded, purpose,
    party_id, host_id OR DELETE ON ledger_account FOR EACH STATEMENT
    WHEN (current_setting('commonweal.posting', true) IS DISTINCT FROM 'on')
    EXECUTE FUNCTION ledger_refuse_bypass();

-- Whoever writes entries, they add up to zero in each currency of each transaction, and all of a
-- transaction's entries come at once: nothing is added to it later.
CREATE FUNCTION ledger_refuse_imbalance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM written GROUP BY transaction_id, currency HAVING sum(amount) <> 0) THEN
        RAISE EXCEPTION 'the entries do not add up to zero' USING ERRCODE = 'LG001';
    END IF;
    IF EXISTS (SELECT FROM written GROUP BY transaction_id HAVING min(n) <> 1) THEN
        RAISE EXCEPTION 'a transaction is written whole' USING ERRCODE = 'LG405';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER ledger_zero_sum AFTER INSERT ON ledger_entry
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_imbalance();

-- A currency keeps its exponent once an account holds it.
CREATE FUNCTION ledger_keep_exponent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.exponent <> OLD.exponent
       AND EXISTS (SELECT FROM ledger_account WHERE currency = OLD.code) THEN
        RAISE EXCEPTION 'a currency in use keeps its exponent' USING ERRCODE = 'LG405';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER ledger_exponent BEFORE UPDATE ON ledger_currency
    FOR EACH ROW EXECUTE FUNCTION ledger_keep_exponent();
