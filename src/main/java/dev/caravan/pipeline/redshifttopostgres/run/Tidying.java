package dev.caravan.pipeline.redshifttopostgres.run;

import dev.caravan.database.Databases;
import dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror;
import dev.caravan.pipeline.redshifttopostgres.postgres.Held;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetLedger;
import dev.caravan.pipeline.redshifttopostgres.warehouse.WarehouseTables;
import dev.caravan.s3.upload.S3Folder;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Removes what runs of a mirror leave behind: differences, files, and states but the newest that the target has held. A mirror has one run at a time; a zombie whose
 * tables go can do nothing with them.
 */
final class Tidying {
    private final Clusters clusters;
    private final Databases databases;
    private final S3Client s3;

    Tidying(Clusters clusters, Databases databases, S3Client s3) {
        this.clusters = clusters;
        this.databases = databases;
        this.s3 = s3;
    }

    void tidy(TableMirror mirror) throws SQLException {
        Optional<Held> held;
        try (Connection target = databases.connect(mirror.target())) {
            held = TargetLedger.held(target, mirror.name());
        }
        WarehouseTables tables = clusters.tables(mirror.name());
        List<String> names = new ArrayList<>();
        TreeSet<String> past = new TreeSet<>();
        try (Connection cluster = clusters.connect(mirror.source());
                Statement statement = cluster.createStatement();
                ResultSet rows = statement.executeQuery(tables.all())) {
            while (rows.next()) {
                String name = rows.getString("name");
                tables.snapshot(name).ifPresent(snapshot -> {
                    names.add(name);
                    if (tables.isState(name)
                            && held.filter(h -> snapshot.compareTo(h.snapshot()) <= 0)
                                    .isPresent()) {
                        past.add(snapshot);
                    }
                });
            }
        }
        Set<String> kept = new HashSet<>(
                past.descendingSet().stream().limit(mirror.keepSnapshots()).toList());
        held.ifPresent(h -> kept.addAll(List.of(h.snapshot(), h.base())));
        clusters.execute(
                mirror.source(),
                names.stream()
                        .filter(name -> !tables.isState(name)
                                || tables.snapshot(name).filter(kept::contains).isEmpty())
                        .map(tables::drop)
                        .toList());
        S3Folder.of(mirror.manifestPrefix().orElseThrow(), "mirrors", mirror.name())
                .sweep(s3);
    }
}
