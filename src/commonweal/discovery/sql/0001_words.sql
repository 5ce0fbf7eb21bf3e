-- Takes accents off: people type "cafe reparation".
CREATE EXTENSION IF NOT EXISTS unaccent;

-- Compares words by their letters: people type "repiar".
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- English words without accents and endings.
CREATE TEXT SEARCH CONFIGURATION discovery_en (COPY = english);
ALTER TEXT SEARCH CONFIGURATION discovery_en ALTER MAPPING
    FOR asciiword, word, hword, hword_part, asciihword, hword_asciipart
    WITH unaccent, english_stem;

-- French words without accents and endings.
CREATE TEXT SEARCH CONFIGURATION discovery_fr (COPY = french);
ALTER TEXT SEARCH CONFIGURATION discovery_fr ALTER MAPPING
    FOR asciiword, word, hword, hword_part, asciihword, hword_asciipart
    WITH unaccent, french_stem;

-- Dutch words without accents and endings.
CREATE TEXT SEARCH CONFIGURATION discovery_nl (COPY = dutch);
ALTER TEXT SEARCH CONFIGURATION discovery_nl ALTER MAPPING
    FOR asciiword, word, hword, hword_part, asciihword, hword_asciipart
    WITH unaccent, dutch_stem;

-- One text in all three languages: nobody says in which one a group of Brussels writes.
CREATE FUNCTION discovery_lexemes(said text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT to_tsvector('discovery_en'::regconfig, said)
        || to_tsvector('discovery_fr'::regconfig, said)
        || to_tsvector('discovery_nl'::regconfig, said)
$$;

-- What a search looks through: the name weighs most, then themes, tags and place, then the purpose.
CREATE FUNCTION discovery_vector(name text, labels text, about text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT setweight(discovery_lexemes(name), 'A') || setweight(discovery_lexemes(labels), 'B')
        || setweight(discovery_lexemes(about), 'C')
$$;

-- One word as any of the three languages reads it, or as the beginning of a longer one.
CREATE FUNCTION discovery_query(word text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT plainto_tsquery('discovery_en'::regconfig, word)
        || plainto_tsquery('discovery_fr'::regconfig, word)
        || plainto_tsquery('discovery_nl'::regconfig, word)
        || CASE WHEN length(word) > 3 THEN to_tsquery('simple'::regconfig, word || ':*')
           ELSE ''::tsquery END
$$;

-- The words of a question that tell something: those that are mere grammar in one of the languages
-- go, unless nothing else was said ("dans" is a dance in Dutch and a mere "in" in French).
CREATE FUNCTION discovery_telling(said text[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(word ORDER BY place) FILTER (
        WHERE numnode(plainto_tsquery('discovery_en'::regconfig, word)) > 0
        AND numnode(plainto_tsquery('discovery_fr'::regconfig, word)) > 0
        AND numnode(plainto_tsquery('discovery_nl'::regconfig, word)) > 0
    ), said) FROM unnest(said) WITH ORDINALITY AS one (word, place)
$$;

-- All of these words.
CREATE FUNCTION discovery_all(terms text[]) RETURNS tsquery LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    found tsquery := ''::tsquery;
    term text;
BEGIN
    FOREACH term IN ARRAY terms LOOP
        found := found && discovery_query(term);
    END LOOP;
    RETURN found;
END $$;

-- Kilometres between two points of the Earth taken as a sphere (haversine formula, radius 6371 km).
CREATE FUNCTION discovery_distance_km(
    latitude float, longitude float, other_latitude float, other_longitude float
) RETURNS float LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT 2 * 6371 * asin(least(1, sqrt(
        sind((other_latitude - latitude) / 2) ^ 2
        + cosd(latitude) * cosd(other_latitude) * sind((other_longitude - longitude) / 2) ^ 2
    )))
$$;

-- Listings with a word that looks like this one. Half of a word's letters is enough, because Dutch
-- joins words: who types "skateboard" or "buurtmoestuin" means "skate" and "moestuin".
CREATE FUNCTION discovery_alike(term text) RETURNS SETOF bigint LANGUAGE plpgsql STABLE PARALLEL SAFE
SET pg_trgm.word_similarity_threshold = 0.45 AS $$
BEGIN
    RETURN QUERY SELECT one.id FROM discovery_listing one WHERE term <% one.plain;
END $$;
