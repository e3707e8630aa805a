package dev.caravan.pipeline.tabletoredshift.watermark;

import dev.caravan.pipeline.tabletoredshift.source.SourceKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Up to when a snapshot has everything, by the source's clock. A transaction that is open while the snapshot begins isn't in it, and commits afterwards
 * with times from before: so the time of the snapshot, or the largest time in it, is no bound.
 *
 * @param moment when the source was asked
 * @param safe no transaction that commits after the snapshot writes a "now" before it, as far as the source can tell; whole seconds, as {@code NOW()}
 *     is without digits
 * @param offsetSeconds the smallest that the server's own time zone has within two days of the moment; 0 for PostgreSQL, which doesn't tell its zone
 * @param warnings a sentence for each reason why {@code safe} may be wrong, or is long ago
 */
public record Horizon(Instant moment, Instant safe, int offsetSeconds, List<String> warnings) {
    /**
     * How long a session may take from its clock's reading until others see that it has begun. MySQL has no transaction until a statement touches its
     * first row, which may be seconds after the statement read the clock, or longer if it waits for a metadata lock and its transaction then stays open:
     * a source with such waits wants a longer one, or an overlap.
     */
    public static final Duration SLACK = Duration.ofSeconds(10);

    /** The name that our sessions have in PostgreSQL: they write nothing, so none waits for another one's end. */
    public static final String READER = "caravan snapshot";

    private static final int LONGEST_ANSWER_MILLIS = 30_000;

    public Horizon {
        warnings = List.copyOf(warnings);
    }

    /**
     * Asks what is open, which must be done before the snapshot begins: what ends between question and snapshot is in the snapshot, what ended before the
     * question is, too. Nothing is locked or written, and no answer is waited for longer than 30 seconds.
     *
     * @param connection a new one, without an open transaction; its session's settings are others afterwards
     */
    public static Horizon before(Connection connection, Duration slack) throws SQLException {
        int timeout = connection.getNetworkTimeout();
        connection.setNetworkTimeout(
                Runnable::run, timeout == 0 ? LONGEST_ANSWER_MILLIS : Math.min(timeout, LONGEST_ANSWER_MILLIS));
        Horizon horizon = switch (SourceKind.of(connection)) {
            case MYSQL -> new MySqlHorizon(connection, slack).ask();
            case POSTGRESQL -> new PostgresHorizon(connection, slack).ask();
        };
        connection.setNetworkTimeout(Runnable::run, timeout);
        return horizon;
    }
}
