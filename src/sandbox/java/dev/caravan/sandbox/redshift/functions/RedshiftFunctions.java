package dev.caravan.sandbox.redshift.functions;

/**
 * Functions for values and their hashes (Database Developer Guide, under each name). FNV_HASH takes integers and characters only: how other types' bytes
 * are laid out isn't documented, and those of integers are as AWS's examples need them. FARMFINGERPRINT64 is refused. The texts of the errors are guesses.
 */
public final class RedshiftFunctions {
    private RedshiftFunctions() {}

    /** May run again on a folder that was used before; the types and the schema {@code sandbox} must be there. */
    public static final String DDL = """
            SET allow_system_table_mods = on;
            SET client_min_messages = warning;

            CREATE OR REPLACE FUNCTION pg_catalog.strtol(num_string text, base int) RETURNS bigint
              LANGUAGE plpgsql IMMUTABLE STRICT AS $f$
            DECLARE
              digits text := lower(ltrim(num_string, E' \\t\\n\\r\\f\\v'));
              negative boolean := digits LIKE '-%';
              value numeric := 0;
              digit int;
            BEGIN
              IF base < 2 OR base > 36 THEN
                RAISE EXCEPTION 'Invalid base %: it must be between 2 and 36', base USING ERRCODE = '22023';
              END IF;
              digits := regexp_replace(digits, '^[+-]', '');
              IF base = 16 THEN
                digits := regexp_replace(digits, '^0x', '');
                IF digits ~ '^[0-9a-f]{1,15}$' THEN
                  value := ('x' || lpad(digits, 16, '0'))::bit(64)::bigint;
                  RETURN CASE WHEN negative THEN -value ELSE value END;
                END IF;
              END IF;
              IF digits = '' AND num_string <> '' THEN
                digits := '?';
              END IF;
              FOR i IN 1 .. length(digits) LOOP
                digit := strpos('0123456789abcdefghijklmnopqrstuvwxyz', pg_catalog.substr(digits, i, 1)) - 1;
                IF digit < 0 OR digit >= base THEN
                  RAISE EXCEPTION 'The input % is not valid to be converted to base %', num_string, base
                    USING ERRCODE = 'XX000';
                END IF;
                value := value * base + digit;
              END LOOP;
              IF negative THEN
                value := -value;
              END IF;
              IF value < -9223372036854775808 OR value > 9223372036854775807 THEN
                RAISE EXCEPTION 'The input % of base % is out of the signed 64-bit range', num_string, base
                  USING ERRCODE = '22003';
              END IF;
              RETURN value;
            END $f$;

            CREATE OR REPLACE FUNCTION pg_catalog.sandbox_fnv(bytes bytea, seed bigint) RETURNS bigint
              LANGUAGE plpgsql IMMUTABLE STRICT AS $f$
            DECLARE
              low bigint := seed & 4294967295;
              high bigint := (seed >> 32) & 4294967295;
              product bigint;
            BEGIN
              FOR i IN 0 .. length(bytes) - 1 LOOP
                low := low # get_byte(bytes, i);
                product := low * 435;
                high := (high * 435 + (product >> 32) + (low << 8)) & 4294967295;
                low := product & 4294967295;
              END LOOP;
              RETURN (high << 32) | low;
            END $f$;
            CREATE OR REPLACE FUNCTION pg_catalog.sandbox_little_endian(value bytea) RETURNS bytea
              LANGUAGE sql IMMUTABLE STRICT AS $f$
              SELECT string_agg(substring(value FROM n FOR 1), ''::bytea ORDER BY n DESC)
                FROM generate_series(1, length(value)) n $f$;
            CREATE OR REPLACE FUNCTION pg_catalog.fnv_hash(value smallint, seed bigint DEFAULT -3750763034362895579)
              RETURNS bigint LANGUAGE sql IMMUTABLE
              AS $f$ SELECT sandbox_fnv(sandbox_little_endian(int2send(value)), seed) $f$;
            CREATE OR REPLACE FUNCTION pg_catalog.fnv_hash(value int, seed bigint DEFAULT -3750763034362895579)
              RETURNS bigint LANGUAGE sql IMMUTABLE
              AS $f$ SELECT sandbox_fnv(sandbox_little_endian(int4send(value)), seed) $f$;
            CREATE OR REPLACE FUNCTION pg_catalog.fnv_hash(value bigint, seed bigint DEFAULT -3750763034362895579)
              RETURNS bigint LANGUAGE sql IMMUTABLE
              AS $f$ SELECT sandbox_fnv(sandbox_little_endian(int8send(value)), seed) $f$;
            CREATE OR REPLACE FUNCTION pg_catalog.fnv_hash(value text, seed bigint DEFAULT -3750763034362895579)
              RETURNS bigint LANGUAGE sql IMMUTABLE AS $f$ SELECT sandbox_fnv(convert_to(value, 'UTF8'), seed) $f$;
            CREATE OR REPLACE FUNCTION pg_catalog.fnv_hash(value char, seed bigint DEFAULT -3750763034362895579)
              RETURNS bigint LANGUAGE sql IMMUTABLE AS $f$ SELECT sandbox_fnv(bpcharsend(value), seed) $f$;

            CREATE OR REPLACE FUNCTION pg_catalog.farmfingerprint64(value text) RETURNS bigint
              LANGUAGE plpgsql IMMUTABLE AS $f$
            BEGIN
              RAISE EXCEPTION 'FARMFINGERPRINT64 is not supported by the sandbox''s Redshift: use MD5 or FNV_HASH'
                USING ERRCODE = '0A000';
            END $f$;

            CREATE OR REPLACE FUNCTION pg_catalog.json_parse(document text) RETURNS super LANGUAGE sql IMMUTABLE STRICT
              AS $f$ SELECT document::jsonb::super $f$;
            CREATE OR REPLACE FUNCTION sandbox.json_serialize(value super) RETURNS varchar
              LANGUAGE plpgsql IMMUTABLE STRICT AS $f$
            DECLARE
              document text := regexp_replace(value::jsonb::text, E'("(?:[^"\\\\\\\\]|\\\\\\\\.)*")|\\\\s+', E'\\\\1', 'g');
            BEGIN
              IF octet_length(document) > 65535 THEN
                RAISE EXCEPTION 'JSON_SERIALIZE: % bytes are more than the 65535 that a VARCHAR has', octet_length(document)
                  USING ERRCODE = '22001';
              END IF;
              RETURN document;
            END $f$;

            CREATE OR REPLACE FUNCTION pg_catalog.len(text) RETURNS int LANGUAGE sql IMMUTABLE
              AS $f$ SELECT length($1) $f$;
            CREATE OR REPLACE FUNCTION pg_catalog.len(char) RETURNS int LANGUAGE sql IMMUTABLE
              AS $f$ SELECT length($1) $f$;
            CREATE OR REPLACE FUNCTION pg_catalog.len(varbyte) RETURNS int LANGUAGE sql IMMUTABLE
              AS $f$ SELECT length($1::text) / 2 $f$;
            CREATE OR REPLACE FUNCTION pg_catalog.length(varbyte) RETURNS int LANGUAGE sql IMMUTABLE
              AS $f$ SELECT length($1::text) / 2 $f$;
            CREATE OR REPLACE FUNCTION sandbox.octet_length(char) RETURNS int LANGUAGE sql IMMUTABLE
              AS $f$ SELECT pg_catalog.octet_length($1::text) $f$;
            CREATE OR REPLACE FUNCTION sandbox.octet_length(text) RETURNS int LANGUAGE sql IMMUTABLE
              AS $f$ SELECT pg_catalog.octet_length($1) $f$;
            CREATE OR REPLACE FUNCTION sandbox.octet_length(varbyte) RETURNS int LANGUAGE sql IMMUTABLE
              AS $f$ SELECT length($1::text) / 2 $f$;
            CREATE OR REPLACE FUNCTION pg_catalog.to_hex(varbyte) RETURNS varchar LANGUAGE sql IMMUTABLE
              AS $f$ SELECT $1::text $f$;
            """;
}
