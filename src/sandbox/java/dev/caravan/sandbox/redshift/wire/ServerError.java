package dev.caravan.sandbox.redshift.wire;

/** An error as a Redshift client sees it. */
public final class ServerError extends Exception {
    private static final long serialVersionUID = 1L;

    private final String severity;
    private final String sqlState;
    private final String detail;

    private ServerError(String severity, String sqlState, String text, String detail) {
        super(text);
        this.severity = severity;
        this.sqlState = sqlState;
        this.detail = detail;
    }

    /** Fails the statement and its transaction. */
    public static ServerError of(String sqlState, String text) {
        return new ServerError("ERROR", sqlState, text, "");
    }

    public static ServerError of(String sqlState, String text, String detail) {
        return new ServerError("ERROR", sqlState, text, detail);
    }

    /** Ends the connection too. */
    public static ServerError fatal(String sqlState, String text) {
        return new ServerError("FATAL", sqlState, text, "");
    }

    public boolean isFatal() {
        return severity.equals("FATAL");
    }

    public String severity() {
        return severity;
    }

    public String sqlState() {
        return sqlState;
    }

    /** The message itself, without severity or SQLState. */
    public String text() {
        return String.valueOf(getMessage());
    }

    /** The DETAIL field, empty when there is none. */
    public String detail() {
        return detail;
    }
}
