package dev.caravan.routes.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.luben.zstd.Zstd;
import dev.caravan.routes.LoadingTest;
import dev.caravan.routes.load.EncryptedObjects;
import dev.caravan.sandbox.SharedSandbox;
import io.airlift.compress.lzo.LzopHadoopStreams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One file that can't be opened, decompressed or decrypted is set aside, and the rest of its batch loads. */
class RottenFilesTest extends LoadingTest {
    private static final int GOOD = 12;

    @ParameterizedTest
    @CsvSource({
        "GZIP, plain",
        "GZIP, short",
        "GZIP, empty",
        "BZIP2, plain",
        "BZIP2, short",
        "ZSTD, plain",
        "ZSTD, short",
        "LZOP, plain",
        "LZOP, short"
    })
    void oneThatCantBeDecompressedIsSetAside_andTheTwelveGoodOnesLoad(String compression, String how) throws Exception {
        start("copyOptions", compression, "batchSize", String.valueOf(GOOD + 1));
        byte[] whole = compress(compression, lines(99, 400));
        byte[] rotten = switch (how) {
            case "plain" -> lines(99, 400).getBytes(StandardCharsets.UTF_8);
            case "short" -> Arrays.copyOf(whole, whole.length - whole.length / 3);
            default -> new byte[0];
        };
        for (int i = 1; i <= GOOD; i++) {
            put("web/" + i, compress(compression, i + ",x\n"));
            if (i == GOOD / 2) {
                put("web/rotten", rotten);
            }
        }
        JsonNode message = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(message.path("status").asText()).isEqualTo("complete");
        assertThat(message.path("quarantined")).hasSize(1);
        assertThat(message.at("/quarantined/0/file").asText()).isEqualTo(url("web/rotten"));
        assertThat(message.at("/quarantined/0/reason").asText()).contains("can't decompress", "failed to inflate");
        assertThat(ids()).hasSize(GOOD).doesNotContain("99");
    }

    @Test
    void oneInAnArchivedStorageClassIsSetAside_withTheAdviceToRestoreIt() throws Exception {
        SharedSandbox.get().redshift().faults().add("s3-archived match=web/2.csv forever");
        start("batchSize", "3");
        putThree();
        JsonNode message = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(message.at("/quarantined/0/file").asText()).isEqualTo(url("web/2.csv"));
        assertThat(message.at("/quarantined/0/reason").asText())
                .contains("archived storage class", "InvalidObjectState", "Restore it in S3, then reload it")
                .doesNotContain("Let the role read");
        assertThat(ids()).containsExactly("1", "3");
    }

    @Test
    void whereAllAreArchivedTheBatchFails_withTheSameAdvice_andNoneIsSetAside() throws Exception {
        SharedSandbox.get().redshift().faults().add("s3-archived match=web/ forever");
        start("batchSize", "3");
        putThree();
        JsonNode message = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(message.path("status").asText()).isEqualTo("error");
        assertThat(message.path("error").asText()).contains("Restore it in S3");
        assertThat(message.path("quarantined")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"plain, not client-side encrypted", "other key, does not fit the file"})
    void oneThatIsNotEncryptedWithTheFeedsKeyIsSetAside(String how, String reason) throws Exception {
        var ours = new EncryptedObjects("the key of our files, 256 bits!!");
        start("masterSymmetricKey", ours.masterKey(), "batchSize", "3");
        encrypt(ours, "web/1.csv", "1,x\n");
        if (how.equals("plain")) {
            put("web/2.csv", "2,x\n");
        } else {
            encrypt(new EncryptedObjects("the key of another, 256 bits too"), "web/2.csv", "2,x\n");
        }
        encrypt(ours, "web/3.csv", "3,x\n");
        JsonNode message = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(message.at("/quarantined/0/file").asText()).isEqualTo(url("web/2.csv"));
        assertThat(message.at("/quarantined/0/reason").asText()).contains(reason);
        assertThat(ids()).containsExactly("1", "3");
    }

    @Test
    void whereAllAreEncryptedWithAnotherKeyTheBatchFails_andNoneIsSetAside() throws Exception {
        var theirs = new EncryptedObjects("the key of another, 256 bits too");
        start(
                "masterSymmetricKey",
                new EncryptedObjects("the key of our files, 256 bits!!").masterKey(),
                "batchSize",
                "3");
        for (int i = 1; i <= 3; i++) {
            encrypt(theirs, "web/" + i + ".csv", i + ",x\n");
        }
        JsonNode message = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(message.path("status").asText()).isEqualTo("error");
        assertThat(message.path("error").asText()).contains("does not fit the file", "refused");
        assertThat(message.path("quarantined")).isEmpty();
    }

    private void putThree() {
        Stream.of(1, 2, 3).forEach(i -> put("web/" + i + ".csv", i + ",x\n"));
    }

    private void encrypt(EncryptedObjects with, String key, String content) throws GeneralSecurityException {
        with.put(SharedSandbox.get().s3(), landing.bucket(), key, content);
    }

    private static String lines(int id, int count) {
        List<String> lines = new ArrayList<>();
        IntStream.range(0, count).forEach(i -> lines.add(id + ",row " + i * 7919 % 104_729));
        return String.join("\n", lines) + "\n";
    }

    private static byte[] compress(String compression, String text) throws IOException {
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        if (compression.equals("ZSTD")) {
            return Zstd.compress(plain);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = switch (compression) {
            case "GZIP" -> new GZIPOutputStream(bytes);
            case "BZIP2" -> new BZip2CompressorOutputStream(bytes);
            default -> new LzopHadoopStreams().createOutputStream(bytes);
        }) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }
}
