package dev.caravan.migrate.rin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.feed.Feed;
import dev.caravan.feed.FeedConfigurer;
import dev.caravan.feed.FeedDefaults;
import dev.caravan.feed.Feeds;
import dev.caravan.migrate.draft.Draft;
import dev.caravan.migrate.draft.DraftText;
import dev.caravan.migrate.draft.FeedDraft;
import dev.caravan.s3.event.ObjectCreated;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A file goes into the tables here that it went into with Rin, whatever the order of its targets, {@code break} and {@code discard}. */
class RinTargetsTest {
    private static final List<String> KEYS =
            List.of("in/a/1", "in/a/b/1", "in/b/1", "in/skip/1", "in/a/skip/1", "x/1", "x/a/1", "in/c-5/1", "y/skip");

    /** A target a line: prefix, or regexp behind ~; ! breaks, - discards. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "in/;in/a/",
                "in/a/!;in/",
                "in/!;in/a/;x/",
                "in/;in/a/!;x/!;~skip",
                "-~skip;in/;in/a/;x/",
                "in/;-in/a/;in/a/b/",
                "-in/skip;in/;~^in/(a)/!;~skip",
                "~a!;~skip;~(in|x)/",
                "~.*!;in/;x/",
                "~^in/a/b!;in/a/;in/a/b/;in/!;in/b/;~1",
                "in/a/;~c-[(0-9]+!;in/;-~(y)/",
                "in/;in/;in/!;in/"
            })
    void aFileGoesWhereItWent(String targets) {
        Feeds feeds = feeds(draft(targets));
        assertThat(feeds.faults()).isEmpty();
        for (String key : KEYS) {
            Set<String> tables = feeds.match(new ObjectCreated("landing", key, "v", 1, Instant.EPOCH)).stream()
                    .filter(feed -> !feed.discard())
                    .map(Feed::table)
                    .collect(Collectors.toSet());
            assertThat(tables).as("%s of %s", key, targets).isEqualTo(inRin(targets, key));
        }
    }

    @Test
    void aTargetThatRinNeverComesToStandsInComments_andWhyIsSaid() {
        Draft draft = draft("in/!;in/a/;~^in/(.*);x/");
        assertThat(draft.feeds().stream().flatMap(feed -> feed.offBecause().stream()))
                .containsExactly(
                        "Rin never comes to this target 2 (s3://landing/in/a/): target 1 (s3://landing/in/) stands before it,"
                                + " takes all of its keys, and says break",
                        "Rin never comes to this target 3 (s3://landing/^in/(.*)): target 1 (s3://landing/in/) stands before it,"
                                + " takes all of its keys, and says break");
        assertThat(DraftText.yaml(draft, "Rin"))
                .contains("    # - name: in-a\n")
                .contains("    - name: x\n");
    }

    private static Set<String> inRin(String targets, String key) {
        Set<String> tables = new TreeSet<>();
        int number = 0;
        for (String target : targets.split(";", -1)) {
            number++;
            String plain = target.replaceAll("^-|!$", "");
            boolean takes = plain.startsWith("~")
                    ? Pattern.compile(plain.substring(1)).matcher(key).find()
                    : key.startsWith(plain);
            if (takes && !target.startsWith("-")) {
                tables.add("public.t" + number);
            }
            if (takes && (target.startsWith("-") || target.endsWith("!"))) {
                break;
            }
        }
        return tables;
    }

    private static Draft draft(String targets) {
        StringBuilder yaml = new StringBuilder(
                "s3: {bucket: landing}\nredshift: {host: h, dbname: dev, user: u, password: p, schema: public}\ntargets:\n");
        int number = 0;
        for (String target : targets.split(";", -1)) {
            String plain = target.replaceAll("^-|!$", "");
            yaml.append(
                            plain.startsWith("~")
                                    ? "- s3: {key_regexp: '" + plain.substring(1) + "'}"
                                    : "- s3: {key_prefix: " + plain + "}")
                    .append("\n  redshift: {table: t" + ++number + "}\n")
                    .append(target.endsWith("!") ? "  break: true\n" : "")
                    .append(target.startsWith("-") ? "  discard: true\n" : "");
        }
        return RinImport.draft(yaml.toString());
    }

    /** Read back from what is written. */
    private static Feeds feeds(Draft draft) {
        Map<String, Feed> feeds = new LinkedHashMap<>();
        Object routes = new Load(LoadSettings.builder().build()).loadFromString(DraftText.yaml(draft, "Rin"));
        for (Section beans : Section.of(Map.of("routes", routes)).list("routes")) {
            for (Section bean : beans.list("beans")) {
                Map<String, String> properties = new LinkedHashMap<>();
                Section of = bean.section("properties");
                of.values().keySet().forEach(name -> properties.put(name, of.text(name)));
                feeds.put(bean.text("name"), FeedConfigurer.feed(properties));
            }
        }
        assertThat(feeds.keySet())
                .containsExactlyElementsOf(new ArrayList<>(draft.feeds().stream()
                        .filter(feed -> feed.offBecause().isEmpty())
                        .map(FeedDraft::name)
                        .toList()));
        return new Feeds(() -> feeds, new FeedDefaults("any", "default", "", "any-bucket/any", "", ""));
    }
}
