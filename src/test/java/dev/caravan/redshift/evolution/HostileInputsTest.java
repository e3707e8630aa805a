package dev.caravan.redshift.evolution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import dev.caravan.sandbox.RecordFiles;
import io.airlift.compress.lzo.LzopHadoopStreams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No file, and no event, takes a process down that has 64 MB of heap, and each ends in a verdict within seconds. */
class HostileInputsTest {
    private static final int MUTATIONS = 60;
    private static final int MANY = 6_000_000;

    @TempDir
    private Path folder;

    private interface Compressor {
        OutputStream over(OutputStream out) throws IOException;
    }

    @Test
    void everyInputEndsInAVerdict_underASmallHeap() throws Exception {
        goodFiles();
        json();
        compressed();
        avro();
        parquet();
        events();
        List<String> told = run();
        assertThat(told).last().asString().matches("survived \\d{4,}");
        assertThat(told)
                .anyMatch(
                        line -> line.startsWith("JSON-GZIP-six-million-names: limit: it has more than 1600 different"))
                .anyMatch(line -> line.startsWith("AVRO--two-gigabytes: limit: its header claims"))
                .anyMatch(line -> line.startsWith("JSON--good: read") && line.endsWith(" 3 names"))
                .anyMatch(line -> line.startsWith("JSON-ZSTD-good: read") && line.endsWith(" 3 names"))
                .anyMatch(line -> line.startsWith("JSON-LZOP-good: read") && line.endsWith(" 3 names"))
                .anyMatch(line -> line.startsWith("PARQUET--good: read") && line.endsWith(" 4 names"))
                .anyMatch(line -> line.startsWith("EVENT--good: objects 1"));
        assertThat(told.stream().filter(line -> line.contains("-bad-")))
                .isNotEmpty()
                .allMatch(line -> line.contains(": limit: ") || line.contains(": unreadable: "));
    }

    private void goodFiles() throws IOException {
        byte[] json = "{\"a\": 1, \"b\": [1.5e3, {\"c\": null}], \"late\": \"x\"}\n"
                .repeat(40)
                .getBytes(UTF_8);
        put("JSON--good", json);
        put("JSON-GZIP-good", by(GZIPOutputStream::new, json));
        put("JSON-BZIP2-good", by(BZip2CompressorOutputStream::new, json));
        put("JSON-ZSTD-good", by(ZstdOutputStream::new, json));
        put("JSON-LZOP-good", by(new LzopHadoopStreams()::createOutputStream, json));
        put("AVRO--good", RecordFiles.avro("""
                [{"name": "id", "type": "int"}, {"name": "n", "type": ["null", "long"]},
                 {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                 {"name": "r", "type": {"type": "record", "name": "R", "fields": [{"name": "x", "type": "R"}]}}]""", List.of()));
        put(
                "PARQUET--good",
                RecordFiles.parquet(
                        "required int32 id; optional binary name (STRING); optional int64 at (TIMESTAMP(MICROS,true));"
                                + " optional group g { optional int32 x; optional group h { optional int32 y; } }",
                        List.of()));
    }

    private void json() throws IOException {
        put("JSON-GZIP-six-million-names", by(GZIPOutputStream::new, out -> {
            out.write('{');
            for (int i = 0; i < MANY; i++) {
                out.write(("\"k" + i + "\":1,").getBytes(UTF_8));
            }
        }));
        put("JSON-GZIP-bad-names-within-a-value", by(GZIPOutputStream::new, out -> {
            out.write("{\"a\":{".getBytes(UTF_8));
            for (int i = 0; i < MANY / 5; i++) {
                out.write(("\"k" + i + "\":1,").getBytes(UTF_8));
            }
        }));
        put("JSON-GZIP-bad-long-names", by(GZIPOutputStream::new, out -> {
            for (int i = 0; i < 20_000; i++) {
                out.write(("{\"" + i + "n".repeat(990) + "\":1}").getBytes(UTF_8));
            }
        }));
        endless("JSON-GZIP-bad-blanks", "", " ");
        endless("JSON-GZIP-bad-arrays", "", "[");
        endless("JSON-GZIP-bad-objects", "", "{\"a\":");
        endless("JSON-GZIP-bad-number", "{\"n\":", "1");
        endless("JSON-GZIP-bad-endless-name", "{\"", "n");
        endless("JSON-GZIP-bad-endless-text", "{\"n\":\"", "t");
        endless("JSON-GZIP-bad-escapes", "{\"n\":\"", "\\u0000");
        endless("JSON-GZIP IGNOREHEADER 1-bad-header-without-end", "", "h");
        put("JSON--bad-deep", "[".repeat(5_000_000).getBytes(UTF_8));
        put("JSON--bad-name", ("{\"" + "n".repeat(5_000_000)).getBytes(UTF_8));
        put("JSON--bad-digits", ("{\"n\":" + "1".repeat(5_000_000) + "}").getBytes(UTF_8));
        put("JSON--bad-utf-8", new byte[] {'{', '"', 'a', (byte) 0xff, '"', ':', '1', '}'});
    }

    private void compressed() throws IOException {
        byte[] empty = by(GZIPOutputStream::new, new byte[0]);
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        for (int i = 0; i < 100_000; i++) {
            members.writeBytes(empty);
        }
        put("JSON-GZIP-nothing-100000-times", members.toByteArray());
        byte[] lzop = by(new LzopHadoopStreams()::createOutputStream, "{\"a\":1}".getBytes(UTF_8));
        for (int at = 0; at + 8 < lzop.length; at++) {
            byte[] claiming = lzop.clone();
            ByteBuffer.wrap(claiming).putInt(at, Integer.MAX_VALUE).putInt(at + 4, Integer.MAX_VALUE - 8);
            put("JSON-LZOP-claims-at-" + at, claiming);
        }
        // frames whose window has 3.75 TB, and 26 MB in it, and one that skips 4 GB
        String blocks = "02001020".repeat(200);
        put("JSON-ZSTD-bad-window", HexFormat.of().parseHex("28b52ffd00ff" + blocks));
        put("JSON-ZSTD-bad-large-window", HexFormat.of().parseHex("28b52ffd0068" + blocks));
        put("JSON-ZSTD-bad-skip", HexFormat.of().parseHex("502a4d18ffffffff00"));
    }

    private void avro() throws IOException {
        put("AVRO--two-gigabytes", HexFormat.of().parseHex("4f626a0102166176726f2e736368656d61feffffff0f22"));
        put("AVRO--bad-count", HexFormat.of().parseHex("4f626a01feffffffffffffffff01"));
        put("AVRO--bad-deep", avroHeader("{\"type\":\"array\",\"items\":".repeat(20_000)));
        put(
                "AVRO--bad-fields",
                avroHeader("{\"type\":\"record\",\"name\":\"r\",\"fields\":["
                        + "{\"name\":\"f\",\"type\":\"int\"},".repeat(30_000)));
        put("AVRO--bad-long", avroHeader("[" + "\"int\",".repeat(1_000_000)));
    }

    private static byte[] avroHeader(String schema) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(HexFormat.of().parseHex("4f626a0102166176726f2e736368656d61"));
        for (long length = 2L * schema.length(); ; length >>>= 7) {
            if (length < 0x80) {
                out.write((int) length);
                break;
            }
            out.write((int) ((length & 0x7f) | 0x80));
        }
        out.writeBytes(schema.getBytes(UTF_8));
        return out.toByteArray();
    }

    /** Thrift's compact protocol: a field's number and type, then, for a list, its size and its elements' type. */
    private void parquet() throws IOException {
        put("PARQUET--bad-list", footer(HexFormat.of().parseHex("29fcffffffff0f")));
        put("PARQUET--bad-text", footer(HexFormat.of().parseHex("18ffffffff07")));
        put("PARQUET--bad-name", footer(HexFormat.of().parseHex("292c4888ffffff07")));
        put("PARQUET--bad-depth", footer(repeated("1c", 2_000_000)));
        put("PARQUET--bad-lists", footer(repeated("19f9", 1_000_000)));
        put("PARQUET--bad-nothing-in-lists", footer(repeated("19f0ffff7f", 1_000_000)));
        byte[] magic = footer(new byte[1]);
        ByteBuffer.wrap(magic).order(ByteOrder.LITTLE_ENDIAN).putInt(magic.length - 8, Integer.MAX_VALUE);
        put("PARQUET--bad-length", magic);
        // elements without end, each of no name, or of a root with 2^31 children
        put("PARQUET--bad-children", footer(repeated("29fcffff7f5502481a15feffffff0f00", 1)));
    }

    private static byte[] footer(byte[] thrift) {
        return ByteBuffer.allocate(thrift.length + 8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(thrift)
                .putInt(thrift.length)
                .put("PAR1".getBytes(UTF_8))
                .array();
    }

    private void events() throws IOException {
        String record = """
            {"eventTime":"2026-01-31T12:00:00.123Z","eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"landing"},
             "object":{"key":"in/a+b%2Bc.csv","size":1024,"eTag":"d41d8cd9","sequencer":"0055AED6DCD90281E5"}}}""";
        String event = "{\"Records\":[" + record + "]}";
        put("EVENT--good", event.getBytes(UTF_8));
        put(
                "EVENT--wrapped",
                ("{\"Type\":\"Notification\",\"Message\":\""
                                + event.replace("\"", "\\\"").replace("\n", "") + "\"}")
                        .getBytes(UTF_8));
        put("EVENT--bridge", """
            {"version":"0","detail-type":"Object Created","source":"aws.s3","time":"2026-01-31T12:00:00Z",
             "detail":{"bucket":{"name":"landing"},"object":{"key":"in/a+b%20c.csv","size":5,"etag":"b1946ac9",
             "version-id":"IYV3p45BT0ac8hjHg1houSdS1a.Mro8e"}}}""".getBytes(UTF_8));
        for (String endless : List.of("[", "{\"Records\":[", "1", "{},", "[],", "\"a\",", "{\"Records\":[{}],")) {
            put(
                    "EVENT--bad-endless-" + HexFormat.of().formatHex(endless.getBytes(UTF_8)),
                    ("{\"Records\":[" + endless.repeat((1 << 20) / endless.length() - 14)).getBytes(UTF_8));
        }
        put("EVENT--bad-records", ("{\"Records\":[" + "{},".repeat(349_000) + "{}]}").getBytes(UTF_8));
        put("EVENT--bad-size", event.replace("1024", "1e999999999").getBytes(UTF_8));
        put("EVENT--bad-digits", event.replace("1024", "1".repeat(900_000)).getBytes(UTF_8));
    }

    private List<String> run() throws IOException, InterruptedException {
        Path log = Files.createTempFile("hostile", ".log");
        try {
            Process jvm = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-XX:+UseSerialGC",
                            "-XX:+ExitOnOutOfMemoryError",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            HostileInputs.class.getName(),
                            folder.toString(),
                            Integer.toString(MUTATIONS))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            int code = jvm.waitFor();
            List<String> told = Files.readAllLines(log);
            assertThat(code).as(String.join("\n", told)).isZero();
            return told;
        } finally {
            Files.delete(log);
        }
    }

    private interface Content {
        void to(OutputStream out) throws IOException;
    }

    /** 24 MB: more than is read here. */
    private void endless(String name, String first, String part) throws IOException {
        byte[] block = part.repeat((1 << 20) / part.length()).getBytes(UTF_8);
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        members.writeBytes(by(GZIPOutputStream::new, first.getBytes(UTF_8)));
        byte[] member = by(GZIPOutputStream::new, block);
        for (int i = 0; i < 24; i++) {
            members.writeBytes(member);
        }
        put(name, members.toByteArray());
    }

    private static byte[] repeated(String hex, int times) {
        byte[] one = HexFormat.of().parseHex(hex);
        byte[] all = new byte[one.length * times];
        Arrays.setAll(new Object[times], i -> {
            System.arraycopy(one, 0, all, i * one.length, one.length);
            return one;
        });
        return all;
    }

    private static byte[] by(Compressor compressor, byte[] content) throws IOException {
        return by(compressor, out -> out.write(content));
    }

    private static byte[] by(Compressor compressor, Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = compressor.over(bytes)) {
            content.to(out);
        }
        return bytes.toByteArray();
    }

    private void put(String name, byte[] content) throws IOException {
        Files.write(folder.resolve(name), content);
    }
}
