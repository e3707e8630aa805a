package dev.caravan.redshift.copy;

import dev.caravan.redshift.target.Target;
import java.time.Duration;

/**
 * The question which rows COPY has left out. Both views are visible to all users, each of whom sees what is its own ("Visibility of data in system tables
 * and views", developer guide); STL_LOAD_ERRORS isn't there on Serverless and doesn't have what ran on concurrency scaling clusters, SYS_LOAD_ERROR_DETAIL
 * has both. The answer has one row for each file under the feed's prefix, of the newest query that has refused a row of it: {@code file_name,
 * line_number, column_name, error_code, error_message, skipped}, and of STL {@code raw_value}; of {@value #MOST_FILES} files at most.
 *
 * <p>What an earlier version of an object was refused for less than two seconds before the load began counts as well: clocks differ, and the views keep
 * whole seconds.
 */
public final class SkippedRows {
    private static final int MOST_FILES = 10_000;

    private SkippedRows() {}

    /** @param since how long ago the load began at the earliest */
    public static String stl(Target target, Duration since) {
        return question("""
                SELECT query, RTRIM(filename) AS file_name, line_number, RTRIM(colname) AS column_name,
                  err_code AS error_code, RTRIM(err_reason) AS error_message, RTRIM(raw_field_value) AS raw_value,
                %s
                FROM stl_load_errors
                WHERE %s AND starttime""", "query", "filename", target, since);
    }

    /** @param since how long ago the load began at the earliest */
    public static String sys(Target target, Duration since) {
        return question("""
                SELECT query_id AS query, RTRIM(file_name) AS file_name, line_number, RTRIM(column_name) AS column_name,
                  error_code, RTRIM(error_message) AS error_message, '' AS raw_value,
                %s
                FROM sys_load_error_detail
                WHERE %s AND start_time""", "query_id", "file_name", target, since);
    }

    private static String question(String select, String query, String file, Target target, Duration since) {
        String windows = """
                  MAX(%2$s) OVER (PARTITION BY %1$s) AS newest,
                  COUNT(*) OVER (PARTITION BY %1$s, %2$s) AS skipped,
                  ROW_NUMBER() OVER (PARTITION BY %1$s, %2$s ORDER BY line_number) AS place""".formatted(file, query);
        return "SELECT file_name, line_number, column_name, error_code, error_message, raw_value, skipped FROM (\n"
                + select.formatted(windows, LoadErrorViews.underPrefix(file, target))
                + " >= getdate() - INTERVAL '%d seconds'\n) AS refused\nWHERE query = newest AND place = 1\nORDER BY file_name\nLIMIT %d"
                        .formatted(since.toSeconds() + LoadErrorViews.CLOCK_SLACK_SECONDS, MOST_FILES);
    }
}
