package dev.caravan.sandbox.redshift.copy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.sandbox.redshift.copy.command.CopyCommand;
import dev.caravan.sandbox.redshift.copy.command.Flag;
import dev.caravan.sandbox.redshift.copy.s3.BoxedError;
import dev.caravan.sandbox.redshift.copy.s3.S3Objects;
import dev.caravan.sandbox.redshift.copy.s3.S3Url;
import dev.caravan.sandbox.redshift.wire.ServerError;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * One file to load.
 *
 * @param mandatory its absence fails the load
 * @param contentLength the size that the manifest claims, in bytes
 */
record SourceFile(S3Url url, boolean mandatory, OptionalLong contentLength) {
    private static final String PLACE = "Manifest file location=";
    private static final ObjectMapper JSON = new ObjectMapper();

    static List<SourceFile> of(CopyCommand command, S3Objects s3) throws ServerError, IOException {
        S3Url from = S3Url.of(command.from());
        if (command.options().has(Flag.MANIFEST)) {
            return manifest(from, s3);
        }
        List<SourceFile> files = s3.list(from).stream()
                .map(url -> new SourceFile(url, true, OptionalLong.empty()))
                .toList();
        if (files.isEmpty()) {
            throw BoxedError.of("The specified S3 prefix '" + from.key() + "' does not exist", 8001, "");
        }
        return files;
    }

    /**
     * Each object is looked for before any is read: one that is missing then is the manifest's error (databricks/spark-redshift 111); one that goes later
     * is S3's.
     */
    private static List<SourceFile> manifest(S3Url url, S3Objects s3) throws ServerError, IOException {
        List<SourceFile> files = entries(url, s3);
        for (SourceFile file : files) {
            if (file.mandatory() && !s3.has(file.url())) {
                throw BoxedError.of(
                        "Mandatory url is not present in manifest file.", 8001, PLACE + url + " url=" + file.url());
            }
        }
        return files;
    }

    /** In the manifest's order, and a URL as often as it is listed: Redshift loads it twice, too. */
    private static List<SourceFile> entries(S3Url url, S3Objects s3) throws ServerError, IOException {
        JsonNode root;
        try (InputStream in = s3.open(url)) {
            root = JSON.readTree(in);
        } catch (JsonProcessingException e) {
            throw BoxedError.of("Manifest file is not in correct json format", 8001, PLACE + url);
        } catch (ServerError e) {
            throw BoxedError.of("Problem reading manifest file - " + e.text(), 9001, url.toString());
        }
        List<SourceFile> files = new ArrayList<>();
        for (JsonNode entry : root.path("entries")) {
            String text = entry.path("url").asText();
            if (!S3Url.is(text)) {
                throw BoxedError.of("Manifest file contains invalid url: '" + text + "'", 8001, url.toString());
            }
            JsonNode length = entry.path("meta").path("content_length");
            files.add(new SourceFile(
                    S3Url.of(text),
                    entry.path("mandatory").asBoolean(false),
                    length.isIntegralNumber() ? OptionalLong.of(length.asLong()) : OptionalLong.empty()));
        }
        if (files.isEmpty()) {
            throw BoxedError.of("Manifest file has no entries", 8001, PLACE + url);
        }
        return files;
    }
}
