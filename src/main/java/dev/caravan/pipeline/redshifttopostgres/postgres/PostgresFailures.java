package dev.caravan.pipeline.redshifttopostgres.postgres;

import dev.caravan.base.Shown;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Which failures of PostgreSQL may pass, and what a person can do about each, by SQLSTATE alone ("PostgreSQL Error Codes", appendix A of PostgreSQL's manual).
 * The first whose beginning fits decides.
 */
public final class PostgresFailures {
    private static final String AGAIN = "Caravan tries again.";
    private static final int MOST_DETAIL = 300;

    private PostgresFailures() {}

    private record Rule(String state, boolean mayPass, String advice) {}

    private static final List<Rule> RULES = List.of(
            passes("08", "The connection broke; Caravan asks PostgreSQL what it holds and tries again."),
            passes("28", "PostgreSQL refused the user: correct user and password of the target; Caravan tries again."),
            passes("3D000", "There is no such database: correct the target's url; Caravan tries again."),
            lasts("57P04", "The database was dropped: correct the target's url."),
            passes("57P", "PostgreSQL stops or starts; Caravan tries again."),
            passes(
                    "57014",
                    "The statement was cancelled, by a person, a timeout or this instance's end; Caravan tries again."),
            passes(
                    "55P03",
                    "Another transaction holds a lock on the table or the mirror's row in caravan.mirrors for longer than"
                            + " lockTimeout; Caravan tries again."),
            passes("55006", AGAIN),
            lasts("55", "PostgreSQL isn't in the state that this needs: do what it says."),
            passes("40P01", "It waited for another transaction that waited for it; Caravan tries again."),
            passes("40", "Another transaction got in the way; Caravan tries again."),
            passes(
                    "53100",
                    "PostgreSQL's disk is full: free or add space (also for temporary files); Caravan tries again."),
            passes(
                    "53300",
                    "PostgreSQL takes no more connections: raise max_connections, or leave it more; Caravan tries again."),
            passes(
                    "53400",
                    "A limit of the configuration was met, such as temp_file_limit: raise it; Caravan tries again."),
            passes("53", "PostgreSQL lacks memory or another resource; Caravan tries again."),
            passes(
                    "25006",
                    "The connection leads to a replica, or the user's transactions are read-only: have the target's url"
                            + " lead to the primary (targetServerType=primary); Caravan tries again."),
            passes("25P0", "A timeout of PostgreSQL ended the transaction; Caravan tries again."),
            passes(
                    "58",
                    "PostgreSQL can't read or write its files; Caravan tries again, and its server's log says more."),
            lasts("22001", "A text is longer than its column: widen the column, or leave it out of columns."),
            lasts("22003", "A number is larger than its column takes: widen the column's type."),
            lasts(
                    "22021",
                    "PostgreSQL's texts can't have such a byte, such as U+0000: take it out of the source's value."),
            lasts("22P05", "The database's encoding lacks a character of the value: use a database in UTF8."),
            lasts(
                    "22P04",
                    "A file of the difference isn't as the columns are: run the mirror again with a new difference."),
            lasts(
                    "22",
                    "The value isn't one of its column's type: change the type, or leave the column out of columns."),
            lasts("23502", "The column takes no NULL, and the source has one: drop NOT NULL, or correct the source."),
            lasts(
                    "23503",
                    "A foreign key forbids it: mirror the table that it leads to first, make the foreign key DEFERRABLE,"
                            + " or delete the rows that lead here."),
            lasts(
                    "23505",
                    "Another row has this value: delete it or correct the source; if rows pass values on to each other,"
                            + " make the constraint DEFERRABLE."),
            lasts(
                    "23P01",
                    "Another row is in the way: delete it or correct the source; if rows pass values on to each other,"
                            + " make the constraint DEFERRABLE."),
            lasts("23514", "A check of the table forbids it: change the check, or correct the source."),
            lasts("23", "A constraint of the table forbids it: change the constraint, or correct the source."),
            lasts("42501", "The target's user lacks a right: GRANT it; caravan check says which are needed."),
            lasts("42P01", "There is no such table: create it, or correct targetTable."),
            lasts("42703", "There is no such column: add it, or correct columns."),
            lasts("428C9", "PostgreSQL makes the column's values itself: leave it out of columns."),
            lasts("42", "The table isn't as the mirror needs it: caravan check says what is missing."),
            lasts(
                    "54",
                    "A limit of PostgreSQL is met: leave the column out of columns, or of the index that is named."),
            lasts("P0", "A trigger or a function of the table refused it: change it, or correct the source."),
            lasts("38", "A trigger or a function of the table failed: change it."),
            lasts("39", "A trigger or a function of the table failed: change it."),
            lasts("44", "A view's CHECK OPTION forbids it: let the mirror write the table itself."),
            lasts("0A", "PostgreSQL can't do that with such a table: caravan check says more."),
            lasts("21", "PostgreSQL can't do that with such a table: caravan check says more."),
            lasts("3F", "There is no such schema: create it, or correct targetTable."),
            lasts("XX00", "PostgreSQL failed within itself, or its files are damaged: its server's log says more."));

    private static Rule passes(String state, String advice) {
        return new Rule(state, true, advice);
    }

    private static Rule lasts(String state, String advice) {
        return new Rule(state, false, advice);
    }

    /** What was thrown while a mirror was written or read. */
    public static PostgresFailure of(Throwable thrown) {
        if (thrown instanceof TargetRefused) {
            return new PostgresFailure(false, text(thrown), "Nothing was changed by this attempt.");
        }
        if (thrown instanceof SQLException sql) {
            String state = Optional.ofNullable(sql.getSQLState()).orElse("");
            return RULES.stream()
                    .filter(rule -> state.startsWith(rule.state()))
                    .findFirst()
                    .map(rule -> new PostgresFailure(rule.mayPass(), problem(sql), rule.advice()))
                    .orElseGet(() -> new PostgresFailure(true, problem(sql), AGAIN));
        }
        return new PostgresFailure(thrown instanceof IOException, text(thrown), AGAIN);
    }

    /** The server's message and its details, on one line, of which a row's values take no more than a little. */
    public static String problem(SQLException e) {
        Optional<ServerErrorMessage> server = server(e);
        String message = server.map(ServerErrorMessage::getMessage)
                .filter(m -> m != null)
                .orElseGet(() -> text(e));
        String detail = server.map(ServerErrorMessage::getDetail).orElse("");
        String whole = detail == null || detail.isEmpty() ? message : message + " (" + cut(detail) + ")";
        String state = e.getSQLState();
        return Shown.line(state == null ? whole : whole + " [" + state + "]");
    }

    /** What the server says beside its message: which constraint, which column, and where in a COPY. */
    public static Optional<ServerErrorMessage> server(SQLException e) {
        return e instanceof PSQLException postgres
                ? Optional.ofNullable(postgres.getServerErrorMessage())
                : Optional.empty();
    }

    private static String cut(String detail) {
        return detail.length() <= MOST_DETAIL ? detail : detail.substring(0, MOST_DETAIL) + "…";
    }

    private static String text(@Nullable Throwable thrown) {
        String message = thrown == null ? null : thrown.getMessage();
        return Shown.line(message == null ? String.valueOf(thrown) : message);
    }
}
