-- A batch is small beside its tables, and everything in it is found by an index. On a server whose
-- statistics are older than its history, such as right after an import, the planner takes the
-- tables for empty and reads them whole for each row: minutes instead of a blink.
ALTER FUNCTION ledger_add_up(bigint[])
    SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off;

ALTER FUNCTION ledger_unplaced(bigint, int)
    SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off;
