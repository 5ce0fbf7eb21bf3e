-- Whatever happened to a party makes what is listed of it stale, from the moment it is committed.
CREATE FUNCTION discovery_take_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO discovery_stale (fact_id, party_id) VALUES (NEW.id, NEW.party_id);
    RETURN NULL;
END $$;

-- One row for each fact about a party, in the transaction of the fact.
CREATE TRIGGER discovery_take_note AFTER INSERT ON activity_fact
FOR EACH ROW WHEN (NEW.party_id IS NOT NULL) EXECUTE FUNCTION discovery_take_note();

-- What was there before is listed as if it had just happened.
INSERT INTO discovery_stale (fact_id, party_id) SELECT -id, id FROM people_party;
