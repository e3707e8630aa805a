package dev.caravan.feed;

import dev.caravan.feed.FeedRules.Broken;
import dev.caravan.redshift.target.CopyFormat;
import dev.caravan.redshift.target.SchemaEvolution;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code schemaEvolution: addColumns} doesn't go with. */
final class EvolutionRules {
    private EvolutionRules() {}

    static List<Broken> broken(Feed feed) {
        List<Broken> broken = new ArrayList<>();
        if (feed.schemaEvolution() == SchemaEvolution.NONE) {
            return broken;
        }
        CopyFormat format = feed.format();
        boolean named = switch (format.kind()) {
            case JSON, AVRO -> format.argument().startsWith("auto");
            case PARQUET -> true;
            default -> false;
        };
        if (!named) {
            add(
                    broken,
                    (format.kind() == CopyFormat.Kind.ORC
                                    ? "Caravan doesn't look into ORC files"
                                    : "files of this format don't name the columns that they fill")
                            + ": it goes with JSON and AVRO, 'auto' or 'auto ignorecase', and with PARQUET");
        }
        if (!feed.columns().isEmpty()) {
            add(broken, "columns says which columns the files fill; remove one of the two");
        }
        if (feed.masterSymmetricKey().isPresent()) {
            add(broken, "Caravan can't look into files that their writer encrypted (masterSymmetricKey); remove it");
        }
        if (format.kind() == CopyFormat.Kind.PARQUET
                && !feed.copyOptions().toUpperCase(Locale.ROOT).contains("FILLRECORD")) {
            add(broken, "files that were written before a column was added lack it; add FILLRECORD to copyOptions");
        }
        return broken;
    }

    private static void add(List<Broken> broken, String advice) {
        broken.add(new Broken("schemaEvolution", "addColumns", advice));
    }
}
