package dev.caravan.cli.mirrors;

import dev.caravan.base.Shown;
import dev.caravan.cli.shell.Page;
import dev.caravan.database.Databases;
import dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror;
import dev.caravan.pipeline.redshifttopostgres.postgres.Held;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetLedger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a target says it holds of a mirror, when it is asked from here.
 *
 * @param snapshot absent if it holds none yet, or wasn't asked
 * @param since when it got there, by its clock
 * @param onTheWayTo of a difference of which some chunks are in
 * @param problem why it can't be asked from here
 */
record HeldByTarget(
        @Nullable String snapshot,
        @Nullable Instant since,
        @Nullable String onTheWayTo,
        @Nullable String problem) {

    static HeldByTarget of(TableMirror mirror, Databases targets) {
        try (Connection target = targets.connect(mirror.target())) {
            Optional<Held> held = TargetLedger.held(target, mirror.name());
            Optional<Held> whole = held.filter(h -> !h.snapshot().equals(Held.NOTHING));
            return new HeldByTarget(
                    whole.map(Held::snapshot).orElse(null),
                    whole.map(Held::appliedAt).orElse(null),
                    held.flatMap(Held::halfWay).map(Held.HalfWay::snapshot).orElse(null),
                    null);
        } catch (SQLException e) {
            return new HeldByTarget(null, null, null, Shown.line(String.valueOf(e.getMessage())));
        }
    }

    String text(Instant now) {
        if (problem != null) {
            return "it can't be asked from here: " + problem;
        }
        String whole = snapshot == null || since == null
                ? "nothing of this mirror yet"
                : "snapshot " + snapshot + ", since " + Page.timeAndAge(since, now);
        return whole + (onTheWayTo == null ? "" : ", and is on the way to " + onTheWayTo);
    }
}
