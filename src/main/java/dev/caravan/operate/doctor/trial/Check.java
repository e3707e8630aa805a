package dev.caravan.operate.doctor.trial;

import java.sql.SQLException;

/** Tries one assertion. What it throws means that it could not be tried to its end. */
@FunctionalInterface
public interface Check {
    Result on(Scratch scratch) throws SQLException;
}
