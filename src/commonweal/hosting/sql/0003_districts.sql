-- Pots that were opened before accounts knew their district learn it from the home of their group, and
-- the sums of districts are made.
UPDATE ledger_account a SET district_id = home.id
FROM people_party p JOIN places_place home ON home.id = p.place_id AND home.parent_id IS NOT NULL
WHERE a.purpose = 1 AND a.party_id = p.id AND a.place_id = home.parent_id;

SELECT ledger_rebuild_months();
