package dev.caravan.sandbox.redshift;

/** What Redshift has in its catalogue and PostgreSQL hasn't. In pg_catalog, so that no search_path hides it. */
final class SystemCatalog {
    private SystemCatalog() {}

    /** May run again on a folder that was used before. */
    static final String DDL = """
            SET allow_system_table_mods = on;
            SET client_min_messages = warning;
            CREATE SCHEMA IF NOT EXISTS sandbox;
            GRANT USAGE ON SCHEMA sandbox TO PUBLIC;

            CREATE TABLE IF NOT EXISTS sandbox.load_error (
              user_id int, table_id int, start_time timestamp, session_id int, query_id bigint, file_name text,
              line_number bigint, column_name text, column_type text, column_length text, position int,
              raw_line text, raw_field_value text, error_code int, error_message text);
            ALTER TABLE sandbox.load_error ADD COLUMN IF NOT EXISTS seen_at timestamp NOT NULL DEFAULT '-infinity';

            CREATE OR REPLACE VIEW pg_catalog.stl_load_errors AS SELECT user_id AS userid, 0 AS slice,
              table_id AS tbl, start_time AS starttime, session_id AS session, query_id::int AS query,
              file_name::char(256) AS filename, line_number, column_name::char(127) AS colname,
              column_type::char(10) AS type, column_length::char(10) AS col_length, position,
              raw_line::char(1024) AS raw_line, raw_field_value::char(1024) AS raw_field_value,
              error_code AS err_code, error_message::char(100) AS err_reason, 0 AS is_partial,
              0::bigint AS start_offset, -1::bigint AS copy_job_id FROM sandbox.load_error;

            CREATE OR REPLACE VIEW pg_catalog.sys_load_error_detail AS SELECT user_id, query_id,
              0::bigint AS transaction_id, session_id, current_database()::char(64) AS database_name, table_id,
              start_time, file_name::char(256) AS file_name, line_number, column_name::char(127) AS column_name,
              column_type::char(10) AS column_type, column_length::char(10) AS column_length, position, error_code,
              error_message::char(512) AS error_message FROM sandbox.load_error
              WHERE seen_at <= clock_timestamp() AT TIME ZONE 'UTC';

            CREATE TABLE IF NOT EXISTS pg_catalog.stl_load_commits (userid int, query int, slice int, name char(256),
              filename char(256), byte_offset bigint, lines_scanned int, errors int, curtime timestamp, status int,
              file_format char(16), is_partial int, start_offset bigint, copy_job_id bigint);

            CREATE TABLE IF NOT EXISTS pg_catalog.sys_load_history (user_id int, query_id bigint,
              transaction_id bigint, session_id int, database_name text, status text, table_name text,
              start_time timestamp, end_time timestamp, duration bigint, data_source text, file_format text,
              loaded_rows bigint, loaded_bytes bigint, source_file_count int, source_file_bytes bigint,
              file_count_scanned int, file_bytes_scanned bigint, error_count int, copy_job_id bigint);

            CREATE TABLE IF NOT EXISTS sandbox.slices (node int, slice int, localslice int, type char(1));
            CREATE OR REPLACE VIEW pg_catalog.stv_slices AS SELECT * FROM sandbox.slices;
            INSERT INTO sandbox.slices SELECT n / 2, n, n % 2, 'D' FROM generate_series(0, 3) n
              WHERE NOT EXISTS (SELECT 1 FROM sandbox.slices);

            CREATE TABLE IF NOT EXISTS pg_catalog.svv_external_schemas (esoid oid, eskind smallint, schemaname name,
              esowner int, databasename text, esoptions text);
            CREATE OR REPLACE VIEW pg_catalog.svv_redshift_databases AS SELECT datname AS database_name,
              datdba::int AS database_owner, 'local'::text AS database_type, ''::text AS database_acl,
              ''::text AS database_options, 'Snapshot Isolation'::text AS database_isolation_level
              FROM pg_catalog.pg_database WHERE NOT datistemplate;
            CREATE OR REPLACE VIEW pg_catalog.pg_proc_info AS SELECT p.oid AS prooid, p.* FROM pg_catalog.pg_proc p;
            CREATE OR REPLACE FUNCTION pg_catalog.pg_get_late_binding_view_cols() RETURNS SETOF record LANGUAGE sql
              AS $$ SELECT ''::name, ''::name, ''::name, ''::text, 0 WHERE false $$;

            CREATE OR REPLACE VIEW pg_catalog.pg_redshift_attrdef AS SELECT adrelid, adnum,
              pg_catalog.pg_get_expr(adbin, adrelid) AS adsrc FROM pg_catalog.pg_attrdef
              UNION ALL SELECT attrelid, attnum, CASE attidentity WHEN 'a' THEN '"identity"' ELSE 'default_identity' END
              || '(' || attrelid || ', 0, ''1,1''::text)' FROM pg_catalog.pg_attribute WHERE attidentity IN ('a', 'd');

            CREATE OR REPLACE FUNCTION pg_catalog.pg_last_copy_count() RETURNS bigint LANGUAGE sql
              AS $$ SELECT coalesce(nullif(current_setting('sandbox.last_copy_count', true), ''), '0')::bigint $$;
            CREATE OR REPLACE FUNCTION pg_catalog.pg_last_copy_id() RETURNS int LANGUAGE sql
              AS $$ SELECT coalesce(nullif(current_setting('sandbox.last_copy_id', true), ''), '-1')::int $$;
            CREATE OR REPLACE FUNCTION pg_catalog.getdate() RETURNS timestamp LANGUAGE sql STABLE
              AS $$ SELECT date_trunc('second', now() AT TIME ZONE 'UTC') $$;
            CREATE OR REPLACE FUNCTION pg_catalog.nvl(anycompatible, anycompatible) RETURNS anycompatible
              LANGUAGE sql IMMUTABLE AS $$ SELECT coalesce($1, $2) $$;
            CREATE OR REPLACE FUNCTION pg_catalog."isnull"(text, text) RETURNS text LANGUAGE sql IMMUTABLE
              AS $$ SELECT coalesce($1, $2) $$;
            """;
}
