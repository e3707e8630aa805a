package dev.caravan.crash;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A way in which a batch may live. Its steps are observed in a run without a kill; those that no scenario above it has are where
 * its processes are killed.
 */
enum Scenario {
    /** Two files fill a batch. */
    BY_SIZE(End.LOADED, 2, "batchSize: 2") {},
    /** One file waits for its batch's time. */
    BY_TIMEOUT(End.LOADED, 1, "batchSize: 100, batchTimeout: 1s") {
        @Override
        Set<String> again() {
            return Set.of("ledger lock"); // by a timer, without a file
        }
    },
    /** The cluster refuses the load for a passing reason until the batch is given up for a while, and taken over. */
    POSTPONED(End.LOADED, 1, "batchSize: 1") {
        @Override
        Optional<String> fault(String name) {
            return Optional.of("serializable match=\"^\\s*COPY[^;]*" + name + "\" times=3");
        }
    },
    /** The load takes longer than the lease. */
    SLOW(End.LOADED, 1, "batchSize: 1") {
        @Override
        Optional<String> fault(String name) {
            return Optional.of("slow match=\"^\\s*COPY[^;]*" + name + "\" ms=2500");
        }

        @Override
        Set<String> again() {
            return Set.of("ledger renew");
        }
    },
    /** One of two files has a row that the table can't hold. */
    QUARANTINED(End.LOADED, 2, "batchSize: 2") {
        @Override
        List<String> rows(int file) {
            return file == BAD ? List.of("not a number,x") : super.rows(file);
        }

        @Override
        List<String> loaded() {
            return super.rows(0);
        }
    },
    /** S3 refuses one of the files to the cluster: whether it gives another is searched for. */
    DENIED(End.LOADED, 2, "batchSize: 2") {
        @Override
        Optional<String> fault(String name) {
            return Optional.of("s3-403 match=" + name + "/" + BAD + ".csv forever");
        }

        @Override
        List<String> loaded() {
            return super.rows(0);
        }
    },
    /** COPY leaves out a row, as the feed lets it. */
    SKIPPED(End.LOADED, 1, "batchSize: 1, copyOptions: MAXERROR 5") {
        @Override
        List<String> rows(int file) {
            return List.of("11,a", "not a number,x", "12,b");
        }

        @Override
        List<String> loaded() {
            return super.rows(0);
        }
    },
    /** The only file has a row that the table can't hold. */
    REFUSED(End.FAILED, 1, "batchSize: 1") {
        @Override
        List<String> rows(int file) {
            return List.of("not a number,x");
        }

        @Override
        Set<String> again() {
            return Set.of("ledger outcome"); // of a failure
        }
    },
    /** An object is overwritten before its load, and both events have come. */
    SUPERSEDED(End.LOADED, 2, "batchSize: 2") {
        @Override
        int object(int file) {
            return 0;
        }

        @Override
        List<String> loaded() {
            return super.rows(1);
        }
    },
    /** The same, and of what overwrites it no event comes: S3 says what it is. */
    OVERWRITTEN(End.LOADED, 2, "batchSize: 1") {
        @Override
        int object(int file) {
            return 0;
        }

        @Override
        boolean isToldOfFirstAlone() {
            return true;
        }

        @Override
        List<String> rows(int file) {
            return file == 0 ? super.rows(0) : List.of("31,of another size");
        }

        @Override
        List<String> loaded() {
            return rows(1);
        }

        @Override
        int batches() {
            return 2;
        }
    },
    /** An event that can't be read. */
    PARKED(End.PARKED, 0, "batchSize: 1") {},
    /** A table of a source: nothing lands, somebody asks for a run. */
    SYNCED(End.LOADED, 1, "") {
        @Override
        boolean isSync() {
            return true;
        }

        @Override
        Set<String> again() {
            return Set.of("s3 PutObject", "ledger lock", "redshift COPY", "redshift COMMIT", "sns Publish");
        }
    },
    /** A table of PostgreSQL, whose rows come by COPY. */
    POSTGRES(End.LOADED, 1, "") {
        @Override
        boolean isSync() {
            return true;
        }

        @Override
        boolean isOfPostgres() {
            return true;
        }

        @Override
        Set<String> again() {
            return Set.of("s3 PutObject", "ledger doneUnit");
        }
    },
    /** Two tables that are read as they were at one moment: both are loaded, or the reading begins anew with both. */
    TOGETHER(End.LOADED, 1, "snapshot: sync") {
        @Override
        boolean isSync() {
            return true;
        }

        @Override
        List<String> tables() {
            return List.of("", "_too");
        }

        @Override
        int batches() {
            return 2;
        }

        @Override
        Set<String> again() {
            return Set.of("s3 PutObject", "ledger doneUnit", "ledger lock");
        }
    },
    /** A row goes and another one comes, in a run after one that has loaded two. */
    DELETED(End.LOADED, 1, "mode: incremental, watermark: updated_at, deletes: keys, maxDeletes: 100") {
        @Override
        boolean isSync() {
            return true;
        }

        @Override
        List<String> then(String table) {
            return List.of(
                    "DELETE FROM " + table + " WHERE id = 12", "INSERT INTO " + table + " (id, name) VALUES (13, 'c')");
        }

        @Override
        List<String> loaded() {
            return List.of("11,a", "13,c");
        }

        @Override
        int batches() {
            return 2;
        }

        @Override
        Set<String> again() {
            return Set.of("s3 PutObject", "redshift COPY", "redshift COMMIT");
        }
    },
    /** A table of Redshift that stands in PostgreSQL: a row goes and another one comes, in a run after one that has brought two. */
    MIRRORED(End.LOADED, 0, "maxDeletes: 100%, maxChanges: 100%") {
        @Override
        boolean isMirror() {
            return true;
        }

        @Override
        List<String> then(String table) {
            return List.of(
                    "DELETE FROM " + table + " WHERE id = 12", "INSERT INTO " + table + " (id, name) VALUES (13, 'c')");
        }

        @Override
        List<String> loaded() {
            return List.of("11,a", "13,c");
        }

        @Override
        int batches() {
            return 0;
        }

        @Override
        Set<String> again() {
            return Set.of("ledger reachRun", "redshift COMMIT", "ledger endRun", "sns Publish");
        }
    },
    /** The cluster takes no loads for a while. */
    HELD(End.LOADED, 1, "batchSize: 1") {
        @Override
        Optional<String> fault(String name) {
            return Optional.of("resize match=\"^\\s*COPY[^;]*" + name + "\"");
        }

        @Override
        boolean isAlone() {
            return true;
        }
    };

    /** Of two files, the second. */
    private static final int BAD = 1;

    /** What must be true in the end. */
    enum End {
        /** Every row is in the table once, the one batch is complete, and the loaded topic has heard of it. */
        LOADED,
        /** No row is in the table, the one batch has status error, and the failed topic has heard of it. */
        FAILED,
        /** The event is in the dead-letter queue, and there is no batch. */
        PARKED
    }

    private final End end;
    private final int files;
    private final String properties;

    Scenario(End end, int files, String properties) {
        this.end = end;
        this.files = files;
        this.properties = properties;
    }

    End end() {
        return end;
    }

    /** As in a feed's YAML, beside prefix and table, or in a sync's, beside source and tables. */
    List<String> properties() {
        return properties.isEmpty() ? List.of() : List.of(properties.split(", "));
    }

    /** The rows of each file that lands, in order. */
    List<List<String>> files() {
        return IntStream.range(0, files).mapToObj(this::rows).toList();
    }

    /** The number of the object that a file is: files with the same overwrite one another. */
    int object(int file) {
        return file;
    }

    /** Whether its rows are a source's, and no files land. */
    boolean isSync() {
        return false;
    }

    /** Whether its rows are a cluster's, and stand in PostgreSQL in the end. */
    boolean isMirror() {
        return false;
    }

    /** Whether the source is a PostgreSQL, and not a MariaDB. */
    boolean isOfPostgres() {
        return false;
    }

    /** What stands behind the case's name in those of a sync's tables, all of which have the same rows. */
    List<String> tables() {
        return List.of("");
    }

    /** What happens to a sync's table when its first run is over, before the one whose steps are looked at; nothing if that is the first. */
    List<String> then(String table) {
        return List.of();
    }

    /** Whether S3 tells of the first file alone, and only when all have landed. */
    boolean isToldOfFirstAlone() {
        return false;
    }

    /** Into so many batches it leads. */
    int batches() {
        return 1;
    }

    /** CSV of {@code id INT, name VARCHAR}. */
    List<String> rows(int file) {
        return List.of(file + 1 + "1,a", file + 1 + "2,b");
    }

    /** The rows that are in the table in the end, in order, if the batch is loaded. */
    List<String> loaded() {
        return files().stream().flatMap(List::stream).sorted().toList();
    }

    /** Whether it gets in the way of others, lest their steps are taken for its own. */
    boolean isAlone() {
        return false;
    }

    /** A rule for Redshift that is set before the files land. */
    Optional<String> fault(String name) {
        return Optional.empty();
    }

    /** Steps that others have too, and at which this one's processes are killed as well. */
    Set<String> again() {
        return Set.of();
    }
}
