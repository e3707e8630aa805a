package dev.caravan.sandbox.redshift.sql;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rewrites what Redshift understands and PostgreSQL doesn't. Everything else goes through untouched. */
public final class Dialect {
    private static final String SYSDATE = "(now() at time zone 'UTC')";

    private static final Pattern CANDIDATE = Pattern.compile(
            "(?i)\\bcreate\\s+(\\w+\\s+)*table\\b|\\b(?:sysdate|json_serialize|octet_length)\\b|^\\s*alter\\b|^\\s*(set|show|reset)\\b|\\bcurrent_database\\(\\)");
    private static final Pattern REDSHIFT_SETTING = Pattern.compile(
            "(?i)^(\\s*(?:set|show|reset)\\s+(?:session\\s+|local\\s+)?)(query_group|wlm_\\w+|enable_\\w*case_sensitive\\w*|describe_field_name_in_uppercase|enable_result_cache_for_session|analyze_threshold_percent|json_\\w+|mv_\\w+)\\b");
    private static final Pattern ISOLATION = Pattern.compile(
            "(?i)^\\s*alter\\s+database\\s+(\\S+)\\s+isolation\\s+level\\s+(snapshot|serializable)\\s*;?\\s*$");
    private static final Pattern ADD_KEY = Pattern.compile(
            "(?is)^\\s*alter\\s+table\\s+(\\S+)\\s+add\\s+(constraint\\s+\\S+\\s+)?(primary\\s+key|unique|foreign\\s+key)\\b.*");

    private Dialect() {}

    /** The statement as PostgreSQL understands it. */
    public static String rewrite(String sql) {
        if (sql.contains("adsrc")) {
            return sql.replace("pg_catalog.pg_attrdef", "pg_catalog.pg_redshift_attrdef"); // which has that column
        }
        if (!CANDIDATE.matcher(sql).find()) {
            return sql;
        }
        Matcher isolation = ISOLATION.matcher(sql);
        if (isolation.matches()) {
            String level = isolation.group(2).equalsIgnoreCase("snapshot") ? "repeatable read" : "serializable";
            return "ALTER DATABASE " + isolation.group(1) + " SET default_transaction_isolation = '" + level + "'";
        }
        Matcher key = ADD_KEY.matcher(sql);
        if (key.matches()) {
            return "ALTER TABLE " + key.group(1)
                    + " SET (fillfactor = 100)"; // checks that the table exists, enforces nothing
        }
        Matcher setting = REDSHIFT_SETTING.matcher(sql);
        if (setting.find()) {
            return setting.replaceFirst("$1sandbox.$2");
        }
        return DriverQueries.rewrite(words(TableDdl.rewrite(sql, Lexer.tokens(sql))));
    }

    /** What is PostgreSQL's own word, with another meaning, is called by its schema: the result's column keeps its name. */
    private static String words(String sql) {
        StringBuilder out = new StringBuilder();
        int copied = 0;
        List<Token> tokens = Lexer.tokens(sql);
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean called = i + 1 < tokens.size() && tokens.get(i + 1).isPunctuation('(');
            boolean qualified = i > 0 && tokens.get(i - 1).isPunctuation('.');
            if (token.is("SYSDATE")) {
                out.append(sql, copied, token.start()).append(SYSDATE);
                copied = token.end();
            } else if (called && !qualified && (token.is("JSON_SERIALIZE") || token.is("OCTET_LENGTH"))) {
                out.append(sql, copied, token.start()).append("sandbox.");
                copied = token.start();
            }
        }
        return out.append(sql, copied, sql.length()).toString();
    }
}
