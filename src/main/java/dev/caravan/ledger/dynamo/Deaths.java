package dev.caravan.ledger.dynamo;

import dev.caravan.batch.Batch;
import dev.caravan.batch.Stage;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * How many instances in a row have died with a batch, counted in its item for each stage by the write that takes it over from the dead. Forgotten for a
 * stage that an attempt has left behind, and wholly when an attempt ends in order: postponed, held or handed over.
 */
final class Deaths {
    private static final List<Stage> BEFORE_NOTIFY = List.of(Stage.MANIFEST, Stage.COPY);

    private Deaths() {}

    /** The attribute that counts them. */
    static String at(String stage) {
        return "deaths:" + stage;
    }

    static Map<Stage, Integer> of(Map<String, AttributeValue> item) {
        Map<Stage, Integer> deaths = new EnumMap<>(Stage.class);
        for (Stage stage : Stage.values()) {
            if (item.containsKey(at(stage.word()))) {
                deaths.put(stage, (int) Items.number(item, at(stage.word())));
            }
        }
        return Map.copyOf(deaths);
    }

    /** Puts the names into {@code names}. Returns what an update removes: {@code #deathsmanifest, #deathscopy}. */
    static String forgotten(List<Stage> stages, Map<String, String> names) {
        stages.forEach(stage -> names.put("#deaths" + stage.word(), at(stage.word())));
        return stages.stream().map(stage -> "#deaths" + stage.word()).collect(Collectors.joining(", "));
    }

    /** Of stages that an attempt leaves behind when it reaches this one. Going back to the first says nothing. */
    static List<Stage> before(Stage reached) {
        return BEFORE_NOTIFY.stream()
                .filter(stage -> stage.compareTo(reached) < 0)
                .toList();
    }

    /** When an attempt ends in order: none of a batch that is set aside, until that is written down. */
    static List<Stage> all(Batch batch) {
        return batch.deadly().isPresent() ? List.of() : all();
    }

    static List<Stage> all() {
        return Stream.of(Stage.values()).toList();
    }
}
