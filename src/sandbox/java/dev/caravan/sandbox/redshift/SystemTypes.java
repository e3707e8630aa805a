package dev.caravan.sandbox.redshift;

/**
 * Redshift's types that PostgreSQL hasn't, with the numbers by which Redshift's driver knows them ({@code com.amazon.redshift.core.Oid}). A SUPER is kept
 * as jsonb; a VARBYTE and a GEOMETRY as the hexadecimal digits that Redshift shows of them (the driver takes the digits of
 * a GEOMETRY for its bytes: ask for {@code g::text}; GEOGRAPHY isn't there). They are written into the catalogue because CREATE TYPE
 * takes no number, and has no input function that gives another type than its own.
 */
final class SystemTypes {
    private SystemTypes() {}

    /** May run again on a folder that was used before. */
    static final String DDL = """
            SET allow_system_table_mods = on;
            INSERT INTO pg_catalog.pg_type SELECT (made).* FROM (
              SELECT jsonb_populate_record(base, jsonb_build_object('oid', n.oid, 'typname', n.name, 'typarray', 0,
                'typispreferred', false, 'typmodin', n.modin, 'typmodout', n.modout)) AS made
              FROM (VALUES (4000, 'super', 'jsonb', '-', '-'),
                (6551, 'varbyte', 'text', 'varchartypmodin', 'varchartypmodout'),
                (3999, 'geometry', 'text', '-', '-')) AS n (oid, name, kept, modin, modout)
              JOIN pg_catalog.pg_type base
                ON base.typname = n.kept AND base.typnamespace = 'pg_catalog'::regnamespace) types
              WHERE (made).oid NOT IN (SELECT oid FROM pg_catalog.pg_type);
            DO $$
            DECLARE
              type record;
            BEGIN
              FOR type IN SELECT t.oid, t.typname AS name, CASE t.typname WHEN 'super' THEN 'jsonb' ELSE 'text' END AS kept
                FROM pg_catalog.pg_type t WHERE t.oid IN (4000, 6551, 3999)
                AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_cast c WHERE c.castsource = t.oid)
              LOOP
                EXECUTE format('CREATE CAST (pg_catalog.%1$I AS %2$s) WITHOUT FUNCTION AS IMPLICIT', type.name, type.kept);
                EXECUTE format('CREATE CAST (%2$s AS pg_catalog.%1$I) WITHOUT FUNCTION AS ASSIGNMENT', type.name, type.kept);
              END LOOP;
            END $$;
            """;
}
