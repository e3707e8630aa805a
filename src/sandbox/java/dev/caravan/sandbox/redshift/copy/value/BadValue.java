package dev.caravan.sandbox.redshift.copy.value;

/** A value that its column can't take, with Redshift's code (1200 to 1224) and reason. */
public final class BadValue extends Exception {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final int position;

    public BadValue(int code, int position, String reason) {
        super(reason, null, false, false);
        this.code = code;
        this.position = position;
    }

    public int code() {
        return code;
    }

    /** Offset of the offending byte in the field. */
    public int position() {
        return position;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
