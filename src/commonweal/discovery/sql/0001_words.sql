-- Takes accents off: people type "cafe reparation".
CREATE EXTENSION IF NOT EXISTS unaccent;

-- Compare words by their letters: people type "repiar".
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;

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
-- What it calls is bound here and now, for a backup is restored without a search path.
CREATE FUNCTION discovery_lexemes(said text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_tsvector('discovery_en'::regconfig, said)
    || to_tsvector('discovery_fr'::regconfig, said)
    || to_tsvector('discovery_nl'::regconfig, said);

-- What a search looks through: the name weighs most, then themes, tags and place, then the purpose.
CREATE FUNCTION discovery_vector(name text, labels text, about text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN setweight(discovery_lexemes(name), 'A') || setweight(discovery_lexemes(labels), 'B')
    || setweight(discovery_lexemes(about), 'C');

-- One word as any of the three languages reads it.
CREATE FUNCTION discovery_query(word text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT plainto_tsquery('discovery_en'::regconfig, word)
        || plainto_tsquery('discovery_fr'::regconfig, word)
        || plainto_tsquery('discovery_nl'::regconfig, word)
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

-- Kilometres between two points of the Earth taken as a sphere (haversine formula, radius 6371 km).
CREATE FUNCTION discovery_distance_km(
    latitude float, longitude float, other_latitude float, other_longitude float
) RETURNS float LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT 2 * 6371 * asin(least(1, sqrt(
        sind((other_latitude - latitude) / 2) ^ 2
        + cosd(latitude) * cosd(other_latitude) * sind((other_longitude - longitude) / 2) ^ 2
    )))
$$;

-- How each telling word of a question is read: as itself, and as a listed word that it begins.
CREATE FUNCTION discovery_read(said text[]) RETURNS TABLE (term text, means tsquery)
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
    longer text;
BEGIN
    FOREACH term IN ARRAY discovery_telling(said) LOOP
        means := discovery_query(term);
        IF length(term) > 3 THEN
            FOR longer IN
                SELECT one.word FROM discovery_word one
                WHERE one.word LIKE term || '%' AND one.word <> term ORDER BY one.word LIMIT 20
            LOOP
                means := means || discovery_query(longer);
            END LOOP;
        END IF;
        RETURN NEXT;
    END LOOP;
END $$;

-- What a mistyped word may have meant: listed words that differ in few letters, and those that it
-- is made of, because Dutch joins words ("buurtmoestuin" holds "moestuin").
CREATE FUNCTION discovery_guess(term text) RETURNS tsquery LANGUAGE plpgsql STABLE PARALLEL SAFE
SET pg_trgm.similarity_threshold = 0.2 AS $$
DECLARE
    means tsquery := ''::tsquery;
    meant text;
BEGIN
    FOR meant IN
        SELECT one.word FROM discovery_word one, greatest(
            1 - levenshtein(one.word, term)::real / greatest(length(one.word), length(term)),
            CASE WHEN length(one.word) > 4 THEN 0.9 * word_similarity(one.word, term) END
        ) likeness
        WHERE one.word % term AND likeness >= 0.6 ORDER BY likeness DESC, one.word LIMIT 4
    LOOP
        means := means || discovery_query(meant);
    END LOOP;
    RETURN means;
END $$;
