package dev.caravan.pipeline.redshifttopostgres.postgres;

import java.sql.SQLException;

/** PostgreSQL's codes that something is done about ("PostgreSQL Error Codes" in its manual, appendix A). */
public enum SqlState {
    NOT_NULL_VIOLATION("23502"),
    FOREIGN_KEY_VIOLATION("23503"),
    UNIQUE_VIOLATION("23505"),
    CHECK_VIOLATION("23514"),
    EXCLUSION_VIOLATION("23P01"),
    SERIALIZATION_FAILURE("40001"),
    DEPENDENT_OBJECTS("2BP01"),
    INSUFFICIENT_PRIVILEGE("42501"),
    LOCK_NOT_AVAILABLE("55P03"),
    QUERY_CANCELED("57014");

    private final String code;

    SqlState(String code) {
        this.code = code;
    }

    /** Five characters. */
    public String code() {
        return code;
    }

    /** Whether PostgreSQL said this. */
    public boolean is(SQLException e) {
        return code.equals(e.getSQLState());
    }
}
