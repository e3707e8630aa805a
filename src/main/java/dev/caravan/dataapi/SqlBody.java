package dev.caravan.dataapi;

import dev.caravan.redshift.target.SqlTokens;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

/** SQL as JDBC's users give it, made into what the Data API takes: single statements without parameters. */
final class SqlBody {
    private static final String SYNTAX = "42601";

    private SqlBody() {}

    /** The statements of a text, without the semicolons between them. */
    static List<String> statements(String sql) throws SQLException {
        List<String> statements = new ArrayList<>();
        Matcher token = SqlTokens.of(sql);
        int from = 0;
        boolean begun = false;
        while (token.find()) {
            closed(token);
            if (token.group("end") != null) {
                add(statements, begun, sql.substring(from, token.start()));
                from = token.end();
                begun = false;
            } else {
                begun |= token.group("comment") == null;
            }
        }
        add(statements, begun, sql.substring(from));
        return statements;
    }

    private static void add(List<String> statements, boolean begun, String statement) {
        if (begun) {
            statements.add(statement.strip());
        }
    }

    /**
     * A query with its question marks replaced by texts.
     *
     * @param values by the question mark's number, from 1
     */
    static String bound(String sql, Map<Integer, String> values) throws SQLException {
        var bound = new StringBuilder();
        int number = 0;
        Matcher token = SqlTokens.of(sql);
        while (token.find()) {
            closed(token);
            if (token.group().equals("?")) {
                String value = values.get(++number);
                if (value == null) {
                    throw new SQLException("parameter " + number + " is not set", "07001");
                }
                bound.append('\'')
                        .append(value.replace("\\", "\\\\").replace("'", "''"))
                        .append('\'');
            } else {
                bound.append(token.group());
            }
        }
        return bound.toString();
    }

    private static void closed(Matcher token) throws SQLException {
        if (token.group("open") != null) {
            throw new SQLException("what begins with " + token.group("open") + " is not closed", SYNTAX);
        }
    }
}
