package dev.caravan.redshift.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import dev.caravan.batch.FileEntry;
import dev.caravan.feed.Feed;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.RecordFiles;
import dev.caravan.sandbox.SharedSandbox;
import io.airlift.compress.lzo.LzopHadoopStreams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Fields from files in S3: compressed, too large, broken and gone. */
class FieldReaderTest {
    private final Landing landing = SharedSandbox.landing();

    private interface Compressor {
        OutputStream over(OutputStream out) throws IOException;
    }

    @Test
    void compressedFilesAreReadAsCopyOptionsSay() throws Exception {
        assertThat(compressed("GZIP", GZIPOutputStream::new)).containsExactly("a", "b");
        assertThat(compressed("BZIP2", BZip2CompressorOutputStream::new)).containsExactly("a", "b");
        assertThat(compressed("ZSTD", ZstdOutputStream::new)).containsExactly("a", "b");
        assertThat(compressed("LZOP", new LzopHadoopStreams()::createOutputStream))
                .containsExactly("a", "b");
    }

    @Test
    void whatIsBrokenOrGoneIsToldAndLeftOut_theOthersAreRead() {
        List<FileEntry> files = List.of(
                put("gone", new byte[0]),
                put("good", "{\"a\": 1}".getBytes(StandardCharsets.UTF_8)),
                put("bad", "{\"b\": 1} no".getBytes(StandardCharsets.UTF_8)));
        SharedSandbox.get().s3().deleteObject(r -> r.bucket(landing.bucket()).key("gone"));
        BatchFields read = reader("JSON", "", 1_000).read(files);
        assertThat(read.fields().names()).containsExactly("a", "b");
        assertThat(read.unread())
                .hasSize(2)
                .anyMatch(why -> why.contains("/gone"))
                .anyMatch(why -> why.contains("/bad"));
        for (String compression : List.of("GZIP", "BZIP2", "ZSTD", "LZOP")) {
            assertThat(reader("JSON", compression, 1_000)
                            .read(files.subList(1, 2))
                            .unread())
                    .hasSize(1);
        }
        assertThat(reader("AVRO", "", 0).read(files.subList(1, 2)).unread()).hasSize(1);
        assertThat(reader("PARQUET", "", 0).read(files.subList(1, 2)).unread()).hasSize(1);
    }

    @Test
    void theBudgetIsSharedAmongTheFiles_andWhatIsLeftIsTold() {
        String small = "{\"a\": 1}\n";
        String large = small.repeat(2_000) + "{\"late\": 1}\n";
        List<FileEntry> files = List.of(
                put("1", small.getBytes(StandardCharsets.UTF_8)),
                put("2", large.getBytes(StandardCharsets.UTF_8)),
                put("3", "{\"b\": 1}\n".getBytes(StandardCharsets.UTF_8)));
        BatchFields some = reader("JSON", "", 9_000).read(files);
        assertThat(some.fields().names()).containsExactly("a", "b");
        assertThat(some.unread()).singleElement().asString().contains("/2: all but the first 8,980 bytes");
        assertThat(reader("JSON", "", 100_000).read(files).fields().names()).containsExactly("a", "late", "b");
    }

    @Test
    void someFilesAreReadSideBySide_andWhatIsFoundIsInTheirOrder() {
        List<FileEntry> files = IntStream.range(0, 2 * Limits.FILES_AT_ONCE)
                .mapToObj(i -> put("side" + i, ("{\"f" + i + "\": 1}").getBytes(StandardCharsets.UTF_8)))
                .toList();
        CyclicBarrier together = new CyclicBarrier(Limits.FILES_AT_ONCE);
        S3Client waiting = (S3Client) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {S3Client.class}, (proxy, method, arguments) -> {
                    together.await(1, TimeUnit.MINUTES); // until as many want an object
                    return method.invoke(SharedSandbox.get().s3(), arguments);
                });
        assertThat(reader(waiting, "JSON", "", 1_000).read(files).fields().names())
                .containsExactly("f0", "f1", "f2", "f3", "f4", "f5", "f6", "f7");
    }

    @Test
    void troubleOfS3WithOneFileIsTheBatchs() {
        List<FileEntry> files = List.of(
                put("fine", "{\"a\": 1}".getBytes(StandardCharsets.UTF_8)),
                put("slow-down", "{\"b\": 1}".getBytes(StandardCharsets.UTF_8)));
        S3Client busy = (S3Client) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {S3Client.class}, (proxy, method, arguments) -> {
                    throw S3Exception.builder()
                            .statusCode(503)
                            .message("Slow Down")
                            .build();
                });
        assertThatThrownBy(() -> reader(busy, "JSON", "", 1_000).read(files))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("Slow Down");
    }

    @Test
    void parquetFilesOfOneBatchMustGoIntoOneTable() {
        List<FileEntry> files = List.of(
                put("p1", RecordFiles.parquet("required int32 id;", List.of())),
                put("p2", RecordFiles.parquet("required int32 id; optional int64 n;", List.of())),
                put("p3", RecordFiles.parquet("optional int64 n; required int32 id;", List.of())));
        assertThat(reader("PARQUET", "FILLRECORD", 0).read(files.subList(0, 2)))
                .satisfies(read -> assertThat(read.fields().names()).containsExactly("id", "n"))
                .satisfies(read -> assertThat(read.obstacle()).isEmpty());
        assertThat(reader("PARQUET", "FILLRECORD", 0).read(files).obstacle()).contains("/p3 (n, id)");
    }

    @Test
    void whatS3BreaksOffIsNoEndOfAFile() {
        FileEntry elsewhere = new FileEntry("web", "s3://no-such-bucket-at-all/key", "v", 1, Instant.EPOCH);
        assertThat(reader("JSON", "", 1_000).read(List.of(elsewhere)).unread()).hasSize(1);
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("reset");
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                throw new IOException("reset");
            }
        };
        assertThatThrownBy(() -> JsonFields.read(new S3Stream(broken), 0, 1_000, new Fields()))
                .isInstanceOf(SdkClientException.class);
    }

    private List<String> compressed(String option, Compressor compressor) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = compressor.over(bytes)) {
            out.write("{\"a\": 1}\n{\"b\": 1}\n".getBytes(StandardCharsets.UTF_8));
        }
        return reader("JSON", option, 1_000)
                .read(List.of(put(option, bytes.toByteArray())))
                .fields()
                .names();
    }

    private FieldReader reader(String format, String options, long budget) {
        return reader(SharedSandbox.get().s3(), format, options, budget);
    }

    private static FieldReader reader(S3Client s3, String format, String options, long budget) {
        Feed feed = new Feed();
        feed.set("format", format);
        feed.set("copyOptions", options);
        return new FieldReader(s3, feed, budget, Limits.PER_FILE, Limits.PER_BATCH);
    }

    private FileEntry put(String key, byte[] content) {
        SharedSandbox.get().s3().putObject(r -> r.bucket(landing.bucket()).key(key), RequestBody.fromBytes(content));
        return new FileEntry("web", "s3://" + landing.bucket() + "/" + key, "v", content.length, Instant.EPOCH);
    }
}
