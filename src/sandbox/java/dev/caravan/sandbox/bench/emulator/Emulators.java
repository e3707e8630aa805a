package dev.caravan.sandbox.bench.emulator;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.aws.AwsClients;
import dev.caravan.sandbox.aws.AwsPorts;
import dev.caravan.sandbox.bench.count.CallCounter;
import dev.caravan.sandbox.run.RunFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The emulators in a process of their own, with clients that are neither counted nor delayed. */
public final class Emulators implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Process process;
    private final Whereabouts where;
    private final HttpClient http = HttpClient.newHttpClient();
    private final S3Client s3;
    private final SqsClient sqs;

    private Emulators(Process process, Whereabouts where) {
        this.process = process;
        this.where = where;
        s3 = AwsClients.local(S3Client.builder(), where.direct().s3())
                .forcePathStyle(true)
                .build();
        sqs = AwsClients.local(SqsClient.builder(), where.direct().sqs()).build();
    }

    /**
     * Starts them.
     *
     * @param latency what each call to AWS takes longer
     * @param faults rules that stand from the start
     */
    public static Emulators start(Duration latency, String... faults) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx4g",
                "-Dlog4j2.configurationFile=log4j2-sandbox.xml",
                "-cp",
                System.getProperty("java.class.path"),
                EmulatorsMain.class.getName(),
                Long.toString(latency.toMillis())));
        command.addAll(Arrays.asList(faults));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader said =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String line = said.readLine();
            if (line == null) {
                throw new RunFailure("The emulators ended before they were up");
            }
            return new Emulators(process, JSON.readValue(line, Whereabouts.class));
        } catch (IOException e) {
            throw new RunFailure("The emulators could not be started", e);
        }
    }

    /** For the product: what it asks is counted and delayed. */
    public Map<String, String> environment() {
        return where.environment();
    }

    /** For helpers of the bench: what they ask is neither counted nor delayed. */
    public Map<String, String> uncounted() {
        AwsPorts ports = where.direct();
        Map<String, String> environment = new LinkedHashMap<>(where.environment());
        Map.of("S3", ports.s3(), "SQS", ports.sqs(), "SNS", ports.sns(), "DYNAMODB", ports.dynamoDb())
                .forEach((service, port) -> environment.put("AWS_ENDPOINT_URL_" + service, "http://localhost:" + port));
        return environment;
    }

    public Landing landing() {
        return where.landing();
    }

    public S3Client s3() {
        return s3;
    }

    public SqsClient sqs() {
        return sqs;
    }

    /** Counts from now on. */
    public void reset() {
        String unused = ask("/reset");
    }

    public CallCounter.Snapshot counts() {
        return read("/counts", CallCounter.Snapshot.class);
    }

    /** When each message was deleted since the last reset, microseconds since 1970, by the message's id. */
    public Map<String, Long> acks() {
        Map<String, Long> acks = new LinkedHashMap<>();
        for (CallCounter.Ack ack : read("/acks", CallCounter.Ack[].class)) {
            acks.putIfAbsent(ack.message(), ack.micros());
        }
        return acks;
    }

    private <T> T read(String path, Class<T> type) {
        try {
            return JSON.readValue(ask(path), type);
        } catch (IOException e) {
            throw new RunFailure("The emulators' counts can't be read", e);
        }
    }

    private String ask(String path) {
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + where.control() + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new RunFailure("The emulators don't answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunFailure("Interrupted");
        }
    }

    @Override
    public void close() {
        s3.close();
        sqs.close();
        try {
            process.getOutputStream().close(); // they end with their standard input
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
