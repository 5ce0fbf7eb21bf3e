-- What is kept of groups from now on is made for those that are here as if something had happened.
INSERT INTO discovery_stale (fact_id, party_id)
SELECT -party_id, party_id FROM collectives_collective ON CONFLICT DO NOTHING;
