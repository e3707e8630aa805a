package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Wherever a count stands in a sentence, {@code Quantity.count} writes it, so that nobody is told of "1 files". */
class CountsTest {
    private static final String THINGS =
            "(?:new |more |bad )?(?:attempts|batches|bytes|checks|clusters|columns|days|entries|events|faults|feeds"
                    + "|fields|files|hours|instances|keys|lines|manifests|messages|minutes|objects|rows|seconds|slices|statements|tables|things|times"
                    + "|topics|versions)\\b";

    /** What stands before a word in one expression: {@code files.size() + " files}. */
    private static final Pattern ADDED = Pattern.compile("((?:[\\w.]|\\(\\))+) \\+ \" " + THINGS);

    /** Behind an apostrophe it is SQL. */
    private static final Pattern FILLED_IN = Pattern.compile("(?<!')(?:%,?d|\\{}) " + THINGS);

    /** A constant is known to be more than one. */
    private static final Pattern CONSTANT = Pattern.compile("(?:\\w+\\.)*[A-Z][A-Z_]+");

    /** These are words, or numbers that are larger than any bound. */
    private static final Set<String> NO_COUNTS = Set.of("verb", "format", "target.format().kind()", "length", "size");

    @Test
    void aCountInASentenceHasItsSingular() throws IOException {
        assertThat(counts("\"add \" + files.size() + \" files to\"")).hasSize(1);
        assertThat(counts("\"more than \" + MOST + \" files\"")).isEmpty();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            assertThat(sources.filter(source -> source.toString().endsWith(".java"))
                            .flatMap(source ->
                                    counts(read(source)).stream().map(what -> source.getFileName() + ": " + what)))
                    .isEmpty();
        }
    }

    private static List<String> counts(String source) {
        String line = source.replaceAll("\\s+", " ");
        List<String> counts = new ArrayList<>();
        ADDED.matcher(line)
                .results()
                .filter(found -> !NO_COUNTS.contains(found.group(1))
                        && !CONSTANT.matcher(found.group(1)).matches())
                .forEach(found -> counts.add(found.group()));
        FILLED_IN.matcher(line).results().forEach(found -> counts.add(found.group()));
        return counts;
    }

    private static String read(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
