package dev.caravan.pipeline.tabletoredshift.sync;

import dev.caravan.base.property.Form;
import dev.caravan.base.property.Forms;
import dev.caravan.base.property.Property;
import dev.caravan.pipeline.tabletoredshift.pace.StopAbove;

/** How hard a sync asks its source. */
final class PaceProperties {
    private static final int MOST_ROWS = 100_000_000;

    static final Property<Integer> MAX_RATE = Property.of(
                    "maxRate",
                    Forms.count("rows a second", 1, MOST_ROWS, "50000"),
                    "how many rows a second are taken from the source for a table, at most")
            .example("50000")
            .otherwise("as fast as it goes");

    static final Property<StopAbove> STOP_ABOVE = Property.of(
                    "stopAbove",
                    Form.of("replicaLag=30s, threadsRunning=40, or one of them", StopAbove::of),
                    "when the source isn't read, for it has too much to do: `replicaLag`, how far a replica is behind;"
                            + " `threadsRunning`, threads of MySQL or MariaDB that are at work. Tables wait until it is below;"
                            + " it is asked before a table is read, and every 10 seconds while it is")
            .example("replicaLag=30s")
            .meaning(StopAbove.NOTHING);

    static final Property<Integer> PARALLEL = Property.of(
                    "parallel",
                    Forms.count("connections", 1, 16, "4"),
                    "how many connections read all rows of a large table at once, each a range of its primary key, and all as it"
                            + " was at one moment")
            .byDefault("1");

    private PaceProperties() {}
}
