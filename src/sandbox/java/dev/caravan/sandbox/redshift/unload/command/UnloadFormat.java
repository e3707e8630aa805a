package dev.caravan.sandbox.redshift.unload.command;

/** The formats that UNLOAD writes. */
public enum UnloadFormat {
    TEXT("Text"),
    CSV("CSV"),
    JSON("JSON"),
    PARQUET("Parquet");

    private final String inTables;

    UnloadFormat(String inTables) {
        this.inTables = inTables;
    }

    /** As the system tables name it; of the four only {@code Text} stands in AWS's examples ("SYS_UNLOAD_HISTORY"). */
    public String inTables() {
        return inTables;
    }
}
