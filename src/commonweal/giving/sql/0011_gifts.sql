-- Each gift that came: once, or one of many of a promise that comes again, on the day of each.
CREATE VIEW giving_gift AS
SELECT -c.id AS id, c.collective_id, c.contributor_id, c.incognito, c.currency,
       c.received_minor AS minor, c.settled_at AS at
FROM giving_contribution c
WHERE c.standing = '' AND c.status = 'settled' AND c.received_minor > 0
UNION ALL
SELECT g.id, c.collective_id, c.contributor_id, c.incognito, c.currency,
       g.amount_minor - g.refunded_minor, g.arrived_on::timestamp AT TIME ZONE 'UTC'
FROM giving_contribution c
JOIN payments_charge g ON g.subject = 'contribution:' || c.id
WHERE c.standing <> '' AND g.state IN ('settled', 'refunding')
  AND g.arrived_on IS NOT NULL AND g.amount_minor > g.refunded_minor;
