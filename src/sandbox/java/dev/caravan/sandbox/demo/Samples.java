package dev.caravan.sandbox.demo;

import dev.caravan.sandbox.demo.rows.SampleRows;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files that the demo uploads, with the keys that their usual writers give them. */
final class Samples {
    private static final String ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private Samples() {}

    /** One for each feed of the shipped {@code routes/feeds.camel.yaml}. */
    static List<Sample> all() {
        return List.of(flights(), quakes(), weather(), airports());
    }

    /** As Fluentd with slices of three days: {@code <path><slice>_<index>.gz}, where the index counts the files of a slice. */
    private static Sample flights() {
        SampleRows all = SampleRows.read("flights");
        Map<LocalDate, List<List<String>>> slices =
                all.rows().stream().collect(Collectors.groupingBy(Samples::slice, TreeMap::new, Collectors.toList()));
        return sample(
                "flights",
                FileFormat.JSON_LINES_GZIP,
                all.columns(),
                slices.values(),
                rows -> "logs/flights/%s_0.gz".formatted(slice(rows.get(0)).format(DateTimeFormatter.BASIC_ISO_DATE)));
    }

    private static LocalDate slice(List<String> flight) {
        LocalDate day = LocalDate.parse(flight.get(0).substring(0, 10).replace('/', '-'));
        return day.minusDays(Math.floorMod(day.toEpochDay(), 3));
    }

    /** As fluent-bit: {@code fluent-bit-logs/<tag>/<time of the first record>-object<eight random characters>}. */
    private static Sample quakes() {
        Random random = new Random(2018);
        SampleRows all = SampleRows.read("quakes");
        return sample("quakes", FileFormat.JSON_LINES_GZIP, all.columns(), all.pieces(50), rows -> {
            String time = first(rows, 0).substring(0, 19).replaceAll("[-T:]", "/");
            String suffix = random.ints(8, 0, ALPHANUMERIC.length())
                    .mapToObj(i -> ALPHANUMERIC.substring(i, i + 1))
                    .collect(Collectors.joining());
            return "fluent-bit-logs/quakes/" + time + "-object" + suffix;
        });
    }

    /** As an application that gives no thought to keys: spaces, and a letter beyond ASCII. */
    private static Sample weather() {
        SampleRows all = SampleRows.read("weather");
        List<List<List<String>>> pieces = Stream.of("Seattle", "New York")
                .flatMap(city -> all.of(city).pieces(92).stream())
                .toList();
        return sample(
                "weather",
                FileFormat.CSV,
                all.columns(),
                pieces,
                rows -> "weather/%s/%s \u00e0 %s.csv"
                        .formatted(
                                first(rows, 0),
                                first(rows, 1),
                                rows.get(rows.size() - 1).get(1)));
    }

    /** As Redshift's UNLOAD: {@code <prefix><slice>_part_00}. */
    private static Sample airports() {
        SampleRows all = SampleRows.read("airports");
        int[] slice = {0};
        return sample(
                "airports",
                FileFormat.PIPES,
                all.columns(),
                all.pieces(300),
                rows -> "airports/unload_%04d_part_00".formatted(slice[0]++));
    }

    private static Sample sample(
            String feed,
            FileFormat format,
            List<String> columns,
            Collection<List<List<String>>> pieces,
            Function<List<List<String>>, String> key) {
        List<SampleFile> files = new ArrayList<>();
        for (List<List<String>> rows : pieces) {
            files.add(new SampleFile(key.apply(rows), format.write(columns, rows), rows));
        }
        return new Sample(feed, "public." + feed, columns, files);
    }

    private static String first(List<List<String>> rows, int column) {
        return rows.get(0).get(column);
    }
}
