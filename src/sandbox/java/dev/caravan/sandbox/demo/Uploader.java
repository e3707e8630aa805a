package dev.caravan.sandbox.demo;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Puts sample files into the bucket, the feeds' files in turn, as they would come from several writers. */
final class Uploader {
    private final S3Client s3;
    private final String bucket;

    Uploader(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /**
     * Uploads every file, several at a time.
     *
     * @param uploaded hears after each how many there are
     * @return when the first file of each feed was uploaded
     */
    Map<String, Instant> upload(List<Sample> samples, IntConsumer uploaded) {
        Map<String, Instant> first = new ConcurrentHashMap<>();
        AtomicInteger count = new AtomicInteger();
        inTurn(samples).parallelStream().forEach(upload -> {
            first.putIfAbsent(upload.feed(), Instant.now());
            put(upload.file());
            uploaded.accept(count.incrementAndGet());
        });
        return first;
    }

    private record Upload(String feed, SampleFile file) {}

    private static List<Upload> inTurn(List<Sample> samples) {
        int most = samples.stream().mapToInt(s -> s.files().size()).max().orElse(0);
        return IntStream.range(0, most)
                .boxed()
                .flatMap(i -> samples.stream()
                        .filter(s -> i < s.files().size())
                        .map(s -> new Upload(s.feed(), s.files().get(i))))
                .toList();
    }

    private void put(SampleFile file) {
        s3.putObject(
                r -> r.bucket(bucket).key(file.key()),
                RequestBody.fromBytes(file.content().asByteArray()));
    }
}
