package dev.caravan.base.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.camel.spi.PropertiesFunction;

/** <code>{{file:/run/secrets/redshift}}</code>: what a file holds, without the line's end. Docker and Kubernetes mount secrets so. */
public final class SecretFiles implements PropertiesFunction {

    @Override
    public String getName() {
        return "file";
    }

    /** @throws SecretUnavailable if the file can't be read */
    @Override
    public String apply(String path) {
        try {
            return Files.readString(Path.of(path), UTF_8).stripTrailing();
        } catch (NoSuchFileException e) {
            throw unavailable(path, "there is no such file");
        } catch (IOException e) {
            throw unavailable(path, Files.isDirectory(Path.of(path)) ? "it is a folder" : "it can't be read as text");
        }
    }

    private static SecretUnavailable unavailable(String path, String why) {
        return new SecretUnavailable("{{file:" + path + "}}: " + why
                + ": mount the secret there, readable for this process, or correct the path");
    }
}
