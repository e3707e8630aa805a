package dev.caravan.sandbox.demo;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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
     * Uploads every file.
     *
     * @param uploaded hears after each how many there are
     * @return when the first file of each feed was uploaded
     */
    Map<String, Instant> upload(List<Sample> samples, Consumer<Integer> uploaded) {
        Map<String, Instant> first = new HashMap<>();
        int most = samples.stream().mapToInt(s -> s.files().size()).max().orElse(0);
        int count = 0;
        for (int i = 0; i < most; i++) {
            for (Sample sample : samples) {
                if (i < sample.files().size()) {
                    first.putIfAbsent(sample.feed(), Instant.now());
                    put(sample.files().get(i));
                    uploaded.accept(++count);
                }
            }
        }
        return first;
    }

    private void put(SampleFile file) {
        s3.putObject(
                r -> r.bucket(bucket).key(file.key()),
                RequestBody.fromBytes(file.content().asByteArray()));
    }
}
