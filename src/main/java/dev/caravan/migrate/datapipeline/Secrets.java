package dev.caravan.migrate.datapipeline;

import dev.caravan.migrate.datapipeline.definition.Expressions;
import dev.caravan.migrate.draft.Draft;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a definition keeps in fields with an asterisk, taken out of everything that is written, in case it stands elsewhere as well. */
final class Secrets {
    /** Shorter ones are too likely to be something else, as the name of a table. */
    private static final int SHORTEST = 8;

    private static final String MARK = "***";

    private final List<String> secrets;
    private boolean found;

    /** @param texts what is secret, or expressions for it */
    Secrets(List<String> texts) {
        secrets = texts.stream()
                .filter(text -> text.length() >= SHORTEST
                        && !Expressions.isOpen(text)
                        && !text.replace("*", "").isEmpty())
                .distinct()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
    }

    PipelineDraft takenOut(PipelineDraft pipeline) {
        Draft draft = pipeline.draft().rewritten(this::without);
        List<SourceDraft> sources = pipeline.sources().stream()
                .map(source -> new SourceDraft(
                        source.name(),
                        without(source.url()),
                        without(source.user()),
                        source.engine(),
                        source.database(),
                        without(source.origin())))
                .toList();
        List<String> steps = new ArrayList<>(draft.byHand());
        if (found) {
            steps.add(
                    0,
                    "what a field with an asterisk holds stands in the definition in plain sight as well: " + MARK
                            + " is written in its place");
        }
        return new PipelineDraft(new Draft(draft.feeds(), draft.clusters(), steps), sources);
    }

    /** A text with a mark in the place of each secret. */
    String without(String text) {
        String plain = text;
        for (String secret : secrets) {
            plain = plain.replace(secret, MARK);
        }
        found |= !plain.equals(text);
        return plain;
    }
}
