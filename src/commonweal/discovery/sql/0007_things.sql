-- Keep the words of a listing beside it rather than apart: a search weighs them for each row it finds.
ALTER TABLE discovery_listing SET (toast_tuple_target = 8160);

-- What groups do, tell and write down is listed too: as if all had just happened.
INSERT INTO discovery_stale (fact_id, party_id) SELECT -id, id FROM people_party
ON CONFLICT (fact_id) DO NOTHING;
