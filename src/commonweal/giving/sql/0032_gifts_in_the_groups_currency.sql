-- The same in the currency of the group: of what came in another, what it was worth on its day.
CREATE OR REPLACE VIEW giving_gift AS
SELECT -c.id AS id, c.collective_id, c.contributor_id, c.incognito, k.currency,
       c.received_minor AS minor, c.settled_at AS at
FROM giving_contribution c
JOIN collectives_collective k ON k.party_id = c.collective_id
WHERE c.standing = '' AND c.status = 'settled' AND c.received_minor > 0
UNION ALL
SELECT g.id, c.collective_id, c.contributor_id, c.incognito, k.currency,
       CASE WHEN v.id IS NULL THEN g.amount_minor - g.refunded_minor
            ELSE (v.worth_minor::numeric * (g.amount_minor - g.refunded_minor)
                  / g.amount_minor)::bigint END,
       g.arrived_on::timestamp AT TIME ZONE 'UTC'
FROM giving_contribution c
JOIN collectives_collective k ON k.party_id = c.collective_id
JOIN payments_charge g ON g.subject = 'contribution:' || c.id
LEFT JOIN giving_conversion v ON v.charge_id = g.id
WHERE c.standing <> '' AND g.state IN ('settled', 'refunding')
  AND g.arrived_on IS NOT NULL AND g.amount_minor > g.refunded_minor;
