-- Takes accents off: people type "cafe reparation".
CREATE EXTENSION IF NOT EXISTS unaccent;

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
