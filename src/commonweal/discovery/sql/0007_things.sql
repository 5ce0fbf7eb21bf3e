-- What groups do, tell and write down is listed too: as if all had just happened.
INSERT INTO discovery_stale (fact_id, party_id) SELECT -id, id FROM people_party
ON CONFLICT (fact_id) DO NOTHING;
