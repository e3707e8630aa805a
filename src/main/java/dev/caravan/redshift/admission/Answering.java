package dev.caravan.redshift.admission;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.sql.DataSource;

/** Whether a cluster answers on a connection that works. */
public final class Answering implements Predicate<String> {
    private static final int SECONDS = 5;

    private final Function<String, Optional<DataSource>> sources;

    /** @param sources of clusters by their names */
    public Answering(Function<String, Optional<DataSource>> sources) {
        this.sources = sources;
    }

    @Override
    public boolean test(String cluster) {
        Optional<DataSource> source = sources.apply(cluster);
        return source.isPresent() && answers(source.get());
    }

    private static boolean answers(DataSource source) {
        try (Connection connection = source.getConnection()) {
            return connection.isValid(SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }
}
