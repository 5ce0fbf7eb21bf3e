-- Nothing was followed yet.
INSERT INTO discovery_tracer (id, position) VALUES (1, 0);
