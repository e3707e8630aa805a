package dev.caravan.redshift.copy;

import java.util.List;
import java.util.stream.Collectors;

/** Identifiers and literals that can't end early, whoever reads them: Redshift, its driver's own splitter, or PostgreSQL. */
public final class SqlText {
    private SqlText() {}

    /** {@code "name"}, with double quotes in it doubled. */
    public static String identifier(String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("'" + name + "' is not a name: it is empty or has a NUL character");
        }
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** {@code "schema"."table"}. */
    public static String identifiers(List<String> parts, String separator) {
        return parts.stream().map(SqlText::identifier).collect(Collectors.joining(separator));
    }

    /** {@code 'text'}, with quotes and backslashes in it doubled: Redshift takes a backslash for an escape. */
    public static String literal(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a text with a NUL character can't be written in SQL: " + text);
        }
        return '\'' + text.replace("\\", "\\\\").replace("'", "''") + '\'';
    }
}
