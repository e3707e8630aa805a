package dev.caravan.migrate.datapipeline;

import dev.caravan.migrate.datapipeline.definition.Definition;
import dev.caravan.migrate.datapipeline.definition.Expressions;
import dev.caravan.migrate.datapipeline.definition.PipelineObject;
import dev.caravan.migrate.draft.FeedDraft;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What else is said of a load: who is told, what it waits for, how it is done, and where its files were in between. */
final class Around {
    private static final Pattern FOLDER = Pattern.compile("s3[an]?://[a-z0-9.-]+(?:/[^#*{}'\"\\s]*)?");
    private static final int MOST_PLACES = 5;
    private static final Pattern TOPIC = Pattern.compile("arn:aws[\\w-]*:sns:[\\w:-]+");

    private final Definition definition;
    private final Expressions expressions;
    private final Set<PipelineObject> used = new HashSet<>();

    Around(Definition definition, Expressions expressions) {
        this.definition = definition;
        this.expressions = expressions;
    }

    /** The objects of which something is written. */
    Set<PipelineObject> used() {
        return used;
    }

    void apply(Chain chain, FeedDraft draft) {
        topic("onFail", "failedTopic", chain, draft);
        topic("onSuccess", "loadedTopic", chain, draft);
        transforms(chain, draft);
        waits(chain, draft);
    }

    /** Where the pipeline has its files in between, up to where that depends on the run, in parentheses; empty if it isn't said. */
    static String places(Collection<Chain> chains, Expressions expressions) {
        List<String> folders = chains.stream()
                .map(chain -> folder(chain, expressions))
                .filter(folder -> FOLDER.matcher(folder).matches())
                .map(folder -> folder.replaceFirst("/+$", ""))
                .distinct()
                .toList();
        String more = folders.size() > MOST_PLACES ? ", …" : "";
        return folders.isEmpty()
                ? ""
                : " (" + folders.stream().limit(MOST_PLACES).collect(Collectors.joining(", ")) + more + ")";
    }

    private static String folder(Chain chain, Expressions expressions) {
        String place = Chain.place(chain.staging(), expressions);
        boolean isFile = expressions.text(chain.staging(), "directoryPath").isEmpty();
        String fixed = place.replaceFirst("#\\{.*", "");
        return isFile || fixed.length() < place.length() ? fixed.replaceFirst("[^/]*$", "") : fixed;
    }

    private void topic(String field, String property, Chain chain, FeedDraft draft) {
        List<PipelineObject> actions = Stream.of(chain.load(), chain.copy())
                .flatMap(activity -> definition.refs(activity, field).stream())
                .distinct()
                .toList();
        List<String> topics = actions.stream()
                .filter(action -> action.is("SnsAlarm"))
                .map(alarm -> expressions.text(alarm, "topicArn"))
                .distinct()
                .toList();
        actions.stream().filter(action -> action.is("SnsAlarm")).forEach(used::add);
        List<String> known =
                topics.stream().filter(topic -> TOPIC.matcher(topic).matches()).toList();
        known.stream().findFirst().ifPresent(topic -> draft.set(property, topic));
        if (known.size() > 1) {
            draft.comment(property + ": " + String.join(", ", known.subList(1, known.size()))
                    + " was told as well; a sync tells one topic, to which others can subscribe");
        }
        if (known.size() < topics.size()) {
            draft.comment(property + ": the definition doesn't say the topic of an SnsAlarm in full: write it");
        }
    }

    private void transforms(Chain chain, FeedDraft draft) {
        if (!expressions.text(chain.load(), "transformSql").isEmpty()) {
            draft.off(
                    "transformSql makes other rows of them in Redshift, and has no equal: load them as they are into a table of"
                            + " their own and let a view say the rest, or change single columns by columns: name=…");
        }
        String options = expressions.texts(chain.load(), "commandOptions").stream()
                .map(Around::withoutValues)
                .collect(Collectors.joining(" "));
        if (!options.isBlank()) {
            draft.comment("commandOptions (" + options
                    + ") are not taken over: files in between have Caravan's own form, which needs none. A value that doesn't fit"
                    + " stops the load rather than be changed");
        }
        if (!expressions.text(chain.load(), "queue").isEmpty()) {
            draft.comment(
                    "queue, the query group of its load, has no equal: route the user's queries to a queue of WLM");
        }
    }

    /** Options may have keys in them. */
    private static String withoutValues(String options) {
        return options.replaceAll("'[^']*'?", "'…'")
                .replaceAll("(?i)(credentials|key\\w*|token)(\\s+as)?\\s+\\S+", "$1 …");
    }

    private void waits(Chain chain, FeedDraft draft) {
        String preconditions = names(Stream.of(chain.load(), chain.copy(), chain.source()), "precondition", chain);
        if (!preconditions.isEmpty()) {
            draft.comment("it waited for " + preconditions + "; a sync starts when it is due, and waits for nothing");
        }
        String before = names(Stream.of(chain.load(), chain.copy()), "dependsOn", chain);
        if (!before.isEmpty()) {
            draft.comment("it began after " + before + "; a sync starts when it is due, and waits for nothing");
        }
        Optional<PipelineObject> other = definition
                .ref(chain.copy(), "schedule")
                .filter(schedule -> !definition.refs(chain.load(), "schedule").contains(schedule));
        other.ifPresent(schedule -> draft.comment(chain.copy().label() + " had a schedule of its own, "
                + schedule.label() + "; here rows are read when they are loaded"));
    }

    private String names(Stream<PipelineObject> of, String field, Chain chain) {
        return of.flatMap(object -> definition.refs(object, field).stream())
                .filter(other -> !chain.objects().contains(other))
                .map(PipelineObject::label)
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
