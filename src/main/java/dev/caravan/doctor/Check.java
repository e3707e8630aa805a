package dev.caravan.doctor;

import java.sql.SQLException;

/** Tries one assertion. What it throws means that it could not be tried to its end. */
@FunctionalInterface
interface Check {
    Result on(Scratch scratch) throws SQLException;
}
