package dev.caravan.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an instance's {@code /observe/metrics} says, as Prometheus would read it. */
public final class Scrape {
    private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)\\})? (\\S+)");
    private static final Pattern HELP = Pattern.compile("# HELP (\\w+) .+");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final List<String> lines;

    private Scrape(List<String> lines) {
        this.lines = lines;
    }

    public static Scrape of(int port) {
        return new Scrape(get(port, "/observe/metrics").body().lines().toList());
    }

    static HttpResponse<String> get(int port, String path) {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The sum of all samples of that name whose labels have these, each {@code name="value"}; empty if there is none. */
    public OptionalDouble value(String name, String... labels) {
        double[] found = lines.stream()
                .map(SAMPLE::matcher)
                .filter(Matcher::matches)
                .filter(sample -> sample.group(1).equals(name)
                        && List.of(labels).stream().allMatch(String.valueOf(sample.group(2))::contains))
                .mapToDouble(sample -> Double.parseDouble(sample.group(3)))
                .toArray();
        return found.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Arrays.stream(found).sum());
    }

    /** The names of all samples. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        lines.stream().map(SAMPLE::matcher).filter(Matcher::matches).forEach(sample -> names.add(sample.group(1)));
        return names;
    }

    /** The names that have a help text. */
    Set<String> helped() {
        Set<String> names = new TreeSet<>();
        lines.stream().map(HELP::matcher).filter(Matcher::matches).forEach(help -> names.add(help.group(1)));
        return names;
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
