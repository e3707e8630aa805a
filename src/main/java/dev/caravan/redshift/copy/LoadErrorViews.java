package dev.caravan.redshift.copy;

import dev.caravan.redshift.target.Target;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks a cluster's views of load errors which rows it refused. Fed by a target whose load failed; feeds who explains that. */
public final class LoadErrorViews {
    /** The attempt's beginning is measured here, its errors' time there; STL and SYS views keep whole seconds at worst. */
    static final int CLOCK_SLACK_SECONDS = 2;

    /** The length in bytes of {@code sys_load_error_detail.file_name}. */
    private static final int FILE_NAME = 256;

    private LoadErrorViews() {}

    /**
     * Selects the newest 100 load errors of files under the feed's prefix: {@code query, file_name, line_number, column_name, error_code, error_message,
     * raw_value}. STL_LOAD_ERRORS, which isn't there on Serverless, has them as soon as COPY has failed, and alone has the value that stood there. It
     * keeps a file's URL to 256 bytes.
     *
     * @param since how long ago the attempt began: what is older belongs to another
     */
    public static String stl(Target target, Duration since) {
        return """
                SELECT query, RTRIM(filename) AS file_name, line_number, RTRIM(colname) AS column_name,
                  err_code AS error_code, RTRIM(err_reason) AS error_message, RTRIM(raw_field_value) AS raw_value
                FROM stl_load_errors
                WHERE %s AND starttime >= getdate() - INTERVAL '%d seconds'
                ORDER BY starttime DESC, query DESC, filename, line_number
                LIMIT 100""".formatted(underPrefix("filename", target), since.toSeconds() + CLOCK_SLACK_SECONDS);
    }

    /** Selects the same of SYS_LOAD_ERROR_DETAIL, which Serverless has as well; but it may come later, and without the value. */
    public static String sys(Target target, Duration since) {
        return """
                SELECT query_id AS query, RTRIM(file_name) AS file_name, line_number, RTRIM(column_name) AS column_name,
                  error_code, RTRIM(error_message) AS error_message
                FROM sys_load_error_detail
                WHERE %s AND start_time >= getdate() - INTERVAL '%d seconds'
                ORDER BY start_time DESC, query_id DESC, file_name, line_number
                LIMIT 100""".formatted(underPrefix("file_name", target), since.toSeconds() + CLOCK_SLACK_SECONDS);
    }

    static String underPrefix(String column, Target target) {
        String url = fileName(target.filesUrl());
        return "LEFT(" + column + ", " + url.codePointCount(0, url.length()) + ") = " + SqlText.literal(url);
    }

    /** A file's URL as load-error views keep it: 256 bytes of it at most. */
    public static String fileName(String url) {
        int end = url.length();
        while (url.substring(0, end).getBytes(StandardCharsets.UTF_8).length > FILE_NAME) {
            end = url.offsetByCodePoints(end, -1);
        }
        return url.substring(0, end);
    }
}
