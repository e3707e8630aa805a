package dev.caravan.sandbox.aws.s3;

import dev.caravan.sandbox.parts.SafeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The notification configurations of all buckets; given a folder, one XML file a bucket. */
public final class NotificationStore {
    private final Optional<Path> folder;
    private final Map<String, NotificationConfiguration> configurations = new ConcurrentHashMap<>();

    public NotificationStore(Optional<Path> folder) throws IOException {
        this.folder = folder;
        if (folder.isPresent()) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.get(), "*.xml")) {
                for (Path file : files) {
                    String name = String.valueOf(file.getFileName());
                    String bucket = name.substring(0, name.length() - ".xml".length());
                    configurations.put(bucket, NotificationConfiguration.parse(Files.readString(file)));
                }
            }
        }
    }

    NotificationConfiguration get(String bucket) {
        return configurations.getOrDefault(bucket, NotificationConfiguration.NONE);
    }

    void put(String bucket, NotificationConfiguration configuration) {
        folder.ifPresent(f -> SafeFile.write(f.resolve(bucket + ".xml"), configuration.xml()));
        configurations.put(bucket, configuration);
    }

    void remove(String bucket) {
        configurations.remove(bucket);
        folder.ifPresent(f -> {
            try {
                Files.deleteIfExists(f.resolve(bucket + ".xml"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
