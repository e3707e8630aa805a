package dev.caravan.sandbox.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
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

    /** As Fluentd: {@code <path><day>_<index>.gz}, where the index counts the files of a day. */
    private static Sample flights() {
        Map<String, Integer> next = new HashMap<>();
        return sample("flights", FileFormat.JSON_LINES_GZIP, SampleRows.read("flights"), 60, rows -> {
            String day = first(rows, 0).substring(0, 10).replace("/", "");
            return "logs/flights/%s_%d.gz".formatted(day, next.merge(day, 1, Integer::sum) - 1);
        });
    }

    /** As fluent-bit: {@code fluent-bit-logs/<tag>/<time of the first record>-object<eight random characters>}. */
    private static Sample quakes() {
        Random random = new Random(2018);
        return sample("quakes", FileFormat.JSON_LINES_GZIP, SampleRows.read("quakes"), 50, rows -> {
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
        List<SampleFile> files = Stream.of("Seattle", "New York")
                .flatMap(city -> files(
                        FileFormat.CSV,
                        all.of(city),
                        92,
                        rows -> "weather/%s/%s \u00e0 %s.csv"
                                .formatted(
                                        city,
                                        first(rows, 1),
                                        rows.get(rows.size() - 1).get(1)))
                        .stream())
                .toList();
        return new Sample("weather", "public.weather", all.columns(), files);
    }

    /** As Redshift's UNLOAD: {@code <prefix><slice>_part_00}. */
    private static Sample airports() {
        int[] slice = {0};
        return sample(
                "airports",
                FileFormat.PIPES,
                SampleRows.read("airports"),
                300,
                rows -> "airports/unload_%04d_part_00".formatted(slice[0]++));
    }

    private static Sample sample(
            String feed, FileFormat format, SampleRows all, int rowsPerFile, Function<List<List<String>>, String> key) {
        return new Sample(feed, "public." + feed, all.columns(), files(format, all, rowsPerFile, key));
    }

    private static List<SampleFile> files(
            FileFormat format, SampleRows all, int rowsPerFile, Function<List<List<String>>, String> key) {
        List<SampleFile> files = new ArrayList<>();
        for (List<List<String>> rows : all.pieces(rowsPerFile)) {
            files.add(new SampleFile(key.apply(rows), format.write(all.columns(), rows), rows));
        }
        return files;
    }

    private static String first(List<List<String>> rows, int column) {
        return rows.get(0).get(column);
    }
}
