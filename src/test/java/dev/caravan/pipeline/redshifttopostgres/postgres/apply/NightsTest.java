package dev.caravan.pipeline.redshifttopostgres.postgres.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.pipeline.redshifttopostgres.postgres.Held;
import dev.caravan.pipeline.redshifttopostgres.postgres.MirrorTarget;
import dev.caravan.pipeline.redshifttopostgres.postgres.MirroredTable;
import dev.caravan.pipeline.redshifttopostgres.postgres.PostgresFailures;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetLedger;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetRefused;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Nights against a model: the source changes at random, with unique values that swap and chain; attempts die anywhere, answers to COMMIT are lost, and whoever was
 * left behind applies his old difference. After each night the target has the source's rows, and the application's row and column are as they were.
 */
class NightsTest {
    private static final MirrorTarget TARGET = new MirrorTarget();
    private static final MirroredTable TABLE =
            new MirroredTable("public", "nights", List.of("id"), List.of("u", "id", "v"));

    private record Old(Changes changes, Difference difference) {}

    @Property(tries = 5, shrinking = ShrinkingMode.OFF)
    void theTargetIsTheSource(@ForAll long seed, @ForAll boolean inChunks) throws Exception {
        Random random = new Random(seed);
        TARGET.run(
                "DROP SCHEMA IF EXISTS caravan CASCADE",
                "DROP TABLE IF EXISTS nights",
                "CREATE TABLE nights (id int PRIMARY KEY, u text " + (inChunks ? "" : "NOT NULL UNIQUE")
                        + ", v text, mine int DEFAULT 0)",
                "INSERT INTO nights VALUES (1000, 'app', 'app', 7)");
        ApplySettings settings = ApplySettings.DEFAULT.withChunk(inChunks ? 1 + random.nextInt(9) : 0);
        Map<Integer, List<String>> held = new TreeMap<>();
        List<Old> zombies = new ArrayList<>();
        String base = Held.NOTHING;
        for (int night = 1; night <= 6; night++) {
            Map<Integer, List<String>> source = changed(held, random);
            Changes changes = difference(held, source);
            Difference difference = changes.from(base, "s" + night);
            zombies.add(new Old(changes, difference));
            while (!isApplied(changes, difference, settings, random)) {
                Old zombie = zombies.get(random.nextInt(zombies.size()));
                if (!zombie.difference().equals(difference)) {
                    comesLate(zombie, settings);
                }
            }
            for (Old zombie : zombies) {
                comesLate(zombie, settings);
            }
            held = source;
            base = difference.snapshot();
            assertThat(TARGET.rows("SELECT id, u, v FROM nights WHERE id <> 1000 ORDER BY id"))
                    .as("seed %s, night %s", seed, night)
                    .isEqualTo(held.entrySet().stream()
                            .map(row -> row.getKey() + "|" + String.join("|", row.getValue()))
                            .toList());
            assertThat(TARGET.rows("SELECT u, v, mine FROM nights WHERE id = 1000"))
                    .containsExactly("app|app|7");
        }
    }

    private static boolean isApplied(Changes changes, Difference difference, ApplySettings settings, Random random)
            throws Exception {
        Connection connection = switch (random.nextInt(3)) {
            case 0 -> Killing.before(TARGET, 1 + random.nextInt(45)).connection();
            case 1 -> Killing.behindCommit(TARGET, 1 + random.nextInt(3)).connection();
            default -> TARGET.connect();
        };
        try (connection) {
            new ApplyDifference(() -> false).apply(connection, TABLE, difference, changes.files(), settings);
            return true;
        } catch (SQLException e) {
            assertThat(PostgresFailures.of(e).mayPass()).as("%s", e).isTrue();
            return false;
        }
    }

    /** An old difference changes nothing, whatever it says. */
    private static void comesLate(Old zombie, ApplySettings settings) throws Exception {
        try (Connection connection = TARGET.connect()) {
            List<String> before = MirrorTarget.rows(connection, "SELECT * FROM nights ORDER BY id");
            boolean knows = TargetLedger.held(connection, "m").isPresent();
            try {
                Applied applied = new ApplyDifference(() -> false)
                        .apply(
                                connection,
                                TABLE,
                                zombie.difference(),
                                zombie.changes().files(),
                                settings);
                assertThat(applied.already()).as("%s", zombie.difference()).isTrue();
            } catch (TargetRefused e) {
                assertThat(e).hasMessageContaining("PostgreSQL holds");
            }
            assertThat(knows).isTrue();
            assertThat(MirrorTarget.rows(connection, "SELECT * FROM nights ORDER BY id"))
                    .isEqualTo(before);
        }
    }

    /** Some rows are new, some gone, some changed; unique values are dealt anew among some. */
    private static Map<Integer, List<String>> changed(Map<Integer, List<String>> before, Random random) {
        Map<Integer, List<String>> after = new TreeMap<>(before);
        for (int i = random.nextInt(12); i > 0; i--) {
            after.remove(random.nextInt(40));
        }
        for (int i = random.nextInt(16); i > 0; i--) {
            int id = random.nextInt(40);
            after.putIfAbsent(id, List.of("u" + random.nextLong(), "v" + random.nextInt(5)));
        }
        after.replaceAll(
                (id, row) -> random.nextInt(4) > 0 ? row : List.of(row.get(0), random.nextBoolean() ? "∅" : ""));
        List<Integer> some = new ArrayList<>(after.keySet());
        Collections.shuffle(some, random);
        some = some.subList(0, some.size() / 2);
        List<String> values = new ArrayList<>(some.stream()
                .map(id -> Objects.requireNonNull(after.get(id)).get(0))
                .toList());
        Collections.rotate(values, random.nextInt(3));
        for (int i = 0; i < some.size(); i++) {
            after.put(
                    some.get(i),
                    List.of(
                            values.get(i),
                            Objects.requireNonNull(after.get(some.get(i))).get(1)));
        }
        return after;
    }

    private static Changes difference(Map<Integer, List<String>> from, Map<Integer, List<String>> to) {
        Changes changes = new Changes(TABLE);
        to.forEach((id, row) -> {
            Object v = row.get(1).equals("∅") ? null : row.get(1);
            if (!from.containsKey(id)) {
                changes.insert(row.get(0), id, v);
            } else if (!from.get(id).equals(row)) {
                changes.update(row.get(0), id, v);
            }
        });
        from.keySet().stream().filter(id -> !to.containsKey(id)).forEach(changes::delete);
        return changes;
    }
}
