-- Every new fact is news to whoever writes letters, from the moment it is committed.
CREATE FUNCTION mail_take_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO mail_news (fact_id) VALUES (NEW.id);
    RETURN NULL;
END $$;

-- One row for each fact, in the transaction of the fact.
CREATE TRIGGER mail_take_note AFTER INSERT ON activity_fact
FOR EACH ROW EXECUTE FUNCTION mail_take_note();
