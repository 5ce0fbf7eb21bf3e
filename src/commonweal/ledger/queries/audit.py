"""Whether the books are right: one query for each invariant, none of which may find a row.

Numbers are those of `docs/concepts/ledger.md`. The ones about the transparency log (11 to 16 in
part, 24) join them when the log does.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True)
class Discrepancy:
    """An invariant that does not hold, in a sentence, with the first rows that break it."""

    invariant: int
    sentence: str
    examples: list[str]


@dataclass(frozen=True)
class _Check:
    invariant: int
    sentence: str
    sql: str


CHECKS = [
    _Check(
        1,
        "Every transaction adds up to zero in each currency.",
        """SELECT transaction_id, currency, sum(amount) FROM ledger_entry
           GROUP BY 1, 2 HAVING sum(amount) <> 0""",
    ),
    _Check(
        2,
        "All entries add up to zero in each currency.",
        "SELECT currency, sum(amount) FROM ledger_entry GROUP BY 1 HAVING sum(amount) <> 0",
    ),
    _Check(
        3,
        "A guarded account holds the sum of its entries, which is its last running balance.",
        """SELECT a.public_id, a.balance, coalesce(sum(e.amount), 0),
                  (SELECT balance_after FROM ledger_entry l
                   WHERE l.account_id = a.id AND l.seq = a.seq)
           FROM ledger_account a LEFT JOIN ledger_entry e ON e.account_id = a.id
           WHERE a.guarded GROUP BY a.id
           HAVING a.balance <> coalesce(sum(e.amount), 0) OR (a.seq > 0 AND a.balance IS DISTINCT
                  FROM (SELECT balance_after FROM ledger_entry l
                        WHERE l.account_id = a.id AND l.seq = a.seq))""",
    ),
    _Check(
        4,
        "The lines of a guarded account are numbered from 1 without a gap.",
        """SELECT a.public_id, a.seq, count(e.seq), min(e.seq), max(e.seq)
           FROM ledger_account a LEFT JOIN ledger_entry e ON e.account_id = a.id
           WHERE a.guarded GROUP BY a.id
           HAVING count(e.seq) <> a.seq OR count(e.seq) <> count(*) FILTER (WHERE e.n IS NOT NULL)
               OR (a.seq > 0 AND (min(e.seq) <> 1 OR max(e.seq) <> a.seq))""",
    ),
    _Check(
        5,
        "Each running balance is the one before plus the amount.",
        """SELECT account_id, seq FROM (
               SELECT account_id, seq, amount, balance_after,
                      lag(balance_after, 1, 0) OVER (PARTITION BY account_id ORDER BY seq) AS before
               FROM ledger_entry WHERE seq IS NOT NULL) AS lines
           WHERE balance_after <> before + amount""",
    ),
    _Check(
        6,
        "No guarded account ever held less than it may.",
        """SELECT a.public_id, e.seq, e.balance_after FROM ledger_entry e
           JOIN ledger_account a ON a.id = e.account_id
           WHERE e.balance_after < a.lowest_floor""",
    ),
    _Check(
        7,
        "Every entry belongs to a transaction and an account of its currency, numbered from 1.",
        """SELECT e.transaction_id, e.n FROM ledger_entry e
           LEFT JOIN ledger_account a ON a.id = e.account_id
           LEFT JOIN ledger_transaction t ON t.id = e.transaction_id
           WHERE a.id IS NULL OR t.id IS NULL OR a.currency <> e.currency
              OR a.guarded <> (e.seq IS NOT NULL)
           UNION ALL
           SELECT t.id, count(e.n) FROM ledger_transaction t
           LEFT JOIN ledger_entry e ON e.transaction_id = t.id
           GROUP BY t.id HAVING count(e.n) < 2 OR min(e.n) <> 1 OR max(e.n) <> count(e.n)
               OR count(DISTINCT e.account_id) <> count(e.n)""",
    ),
    _Check(
        8,
        "The triggers that keep history as it was are there and switched on.",
        """SELECT wanted.name, wanted.on_table FROM (VALUES
               ('ledger_append_only', 'ledger_transaction'), ('ledger_append_only', 'ledger_entry'),
               ('ledger_append_only', 'ledger_position'),
               ('ledger_never_emptied', 'ledger_transaction'),
               ('ledger_never_emptied', 'ledger_entry'),
               ('ledger_never_emptied', 'ledger_position'),
               ('ledger_never_emptied', 'ledger_account'),
               ('ledger_erased_only', 'ledger_privatefact'),
               ('ledger_posted_only', 'ledger_transaction'), ('ledger_posted_only', 'ledger_entry'),
               ('ledger_posted_only', 'ledger_account'), ('ledger_zero_sum', 'ledger_entry')
           ) AS wanted (name, on_table)
           LEFT JOIN pg_trigger t ON t.tgname = wanted.name
               AND t.tgrelid = to_regclass(wanted.on_table) AND t.tgenabled <> 'D'
           WHERE t.oid IS NULL""",
    ),
    _Check(
        11,
        "Positions are numbered from 0 without a gap, each with its transaction.",
        """SELECT s.next_position, count(p.*), max(p.position) FROM ledger_sequencer s
           LEFT JOIN ledger_position p ON true GROUP BY s.next_position
           HAVING count(p.*) <> s.next_position
               OR coalesce(max(p.position), -1) <> s.next_position - 1
           UNION ALL
           SELECT p.position, p.transaction_id, NULL FROM ledger_position p
           LEFT JOIN ledger_transaction t ON t.id = p.transaction_id WHERE t.id IS NULL
           UNION ALL
           SELECT t.id, NULL, NULL FROM ledger_transaction t, ledger_sequencer s
           WHERE t.id <= s.low_id
             AND NOT EXISTS (SELECT FROM ledger_position p WHERE p.transaction_id = t.id)""",
    ),
    _Check(
        17,
        "Tallies hold what was added up so far.",
        """SELECT coalesce(y.account_id, raw.account_id), y.balance, raw.total FROM ledger_tally y
           FULL JOIN (
               SELECT e.account_id, sum(e.amount) AS total, count(*) AS entries FROM ledger_entry e
               JOIN ledger_position p ON p.transaction_id = e.transaction_id
               WHERE e.seq IS NULL GROUP BY e.account_id) AS raw USING (account_id)
           WHERE y.balance IS DISTINCT FROM raw.total OR y.entries IS DISTINCT FROM raw.entries""",
    ),
    _Check(
        18,
        "The sums by day are the sums of their entries.",
        """SELECT * FROM ledger_daysum d FULL JOIN (
               SELECT e.account_id, t.effective_on AS day, t.kind,
                      coalesce(sum(e.amount) FILTER (WHERE e.amount > 0), 0) AS incoming,
                      coalesce(-sum(e.amount) FILTER (WHERE e.amount < 0), 0) AS outgoing,
                      count(*) AS entries
               FROM ledger_entry e JOIN ledger_transaction t ON t.id = e.transaction_id
               JOIN ledger_position p ON p.transaction_id = t.id
               WHERE e.seq IS NOT NULL GROUP BY 1, 2, 3) AS raw USING (account_id, day, kind)
           WHERE (d.incoming, d.outgoing, d.entries)
               IS DISTINCT FROM (raw.incoming, raw.outgoing, raw.entries)""",
    ),
    _Check(
        18,
        "The sums by month are the sums of what entered and left each scope.",
        """SELECT * FROM ledger_monthsum s FULL JOIN (
               SELECT m.scope, m.scope_id, m.currency, m.month, m.kind, m.category,
                      coalesce(sum(m.amount) FILTER (WHERE m.amount > 0), 0) AS incoming,
                      coalesce(-sum(m.amount) FILTER (WHERE m.amount < 0), 0) AS outgoing,
                      count(*) AS entries
               FROM ledger_scoped m JOIN ledger_position p ON p.transaction_id = m.transaction_id
               GROUP BY 1, 2, 3, 4, 5, 6
           ) AS raw USING (scope, scope_id, currency, month, kind, category)
           WHERE (s.incoming, s.outgoing, s.entries)
               IS DISTINCT FROM (raw.incoming, raw.outgoing, raw.entries)""",
    ),
    _Check(
        18,
        "What was raised less what was spent is what is held, in every scope.",
        """SELECT * FROM (
               SELECT scope, scope_id, currency, sum(incoming - outgoing) AS total
               FROM ledger_monthsum GROUP BY 1, 2, 3) AS s
           FULL JOIN (
               SELECT v.scope, v.scope_id, a.currency, sum(e.amount) AS total
               FROM ledger_entry e JOIN ledger_account a ON a.id = e.account_id AND a.purpose = 1
               JOIN ledger_position p ON p.transaction_id = e.transaction_id
               CROSS JOIN LATERAL (VALUES (1, a.party_id), (2, a.host_id), (3, a.place_id),
                   (3, nullif(a.district_id, a.place_id)), (4, 0::bigint)) AS v (scope, scope_id)
               WHERE v.scope_id IS NOT NULL GROUP BY 1, 2, 3
           ) AS raw USING (scope, scope_id, currency)
           WHERE coalesce(s.total, 0) <> coalesce(raw.total, 0)""",
    ),
    _Check(
        19,
        "No leg of a transaction is given back more than it moved, nor in the wrong direction.",
        """SELECT o.transaction_id, o.n FROM ledger_entry o
           JOIN (SELECT t.reverses, e.account_id, sum(e.amount) AS back
                 FROM ledger_transaction t JOIN ledger_entry e ON e.transaction_id = t.id
                 WHERE t.reverses IS NOT NULL GROUP BY 1, 2) AS r
             ON r.reverses = o.transaction_id AND r.account_id = o.account_id
           WHERE r.back * sign(o.amount) > 0 OR abs(r.back) > abs(o.amount)""",
    ),
    _Check(
        22,
        "Money changes its currency through trading accounts alone.",
        """SELECT e.transaction_id FROM ledger_entry e JOIN ledger_account a ON a.id = e.account_id
           GROUP BY e.transaction_id HAVING count(DISTINCT e.currency) > 1
              AND count(DISTINCT e.currency)
                  > count(DISTINCT e.currency) FILTER (WHERE a.purpose = 40)""",
    ),
    _Check(
        23,
        "No amount is zero or larger than a browser can count exactly.",
        """SELECT transaction_id, n, amount FROM ledger_entry
           WHERE amount = 0 OR abs(amount) > 1000000000000000""",
    ),
    _Check(
        21,
        "No money waits in clearing for more than two weeks.",
        """SELECT a.public_id, t.refs, sum(e.amount), max(t.at) FROM ledger_account a
           JOIN ledger_entry e ON e.account_id = a.id
           JOIN ledger_transaction t ON t.id = e.transaction_id
           WHERE a.purpose IN (20, 21) GROUP BY a.id, t.refs
           HAVING sum(e.amount) <> 0 AND max(t.at) < now() - interval '14 days'""",
    ),
]


def discrepancies(*, most: int = 5) -> list[Discrepancy]:
    """Return every invariant that does not hold, with up to `most` examples of each.

    Each question reads one snapshot, so that writers are neither stopped nor misread.
    """
    found = [_run(check, most) for check in CHECKS]
    return [one for one in found if one.examples]


def _run(check: _Check, most: int) -> Discrepancy:
    with connection.cursor() as cursor:
        cursor.execute(check.sql)
        examples = [", ".join(str(cell) for cell in row) for row in cursor.fetchmany(most)]
    return Discrepancy(check.invariant, check.sentence, examples)
