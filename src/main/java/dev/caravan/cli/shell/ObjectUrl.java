package dev.caravan.cli.shell;

import dev.caravan.base.ShellCommand;
import dev.caravan.s3.event.ObjectCreated;
import java.time.Instant;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An object's URL as a person types it: {@code s3://bucket/key}, nothing encoded; or as {@link ShellCommand#url} writes it. */
public final class ObjectUrl implements ITypeConverter<String> {
    private static final String SCHEME = "s3://";

    @Override
    public String convert(String value) {
        String url = decoded(value);
        if (!url.matches("(?s)s3://[^/]+/.+")) {
            throw new TypeConversionException("'" + value + "' is no object's URL: write s3://bucket/key");
        }
        return url;
    }

    private static String decoded(String value) {
        try {
            return ShellCommand.decoded(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + value
                    + "' is not percent-encoded: write a % itself as %25, or leave '" + ShellCommand.ENCODED + "' out");
        }
    }

    /** The object as an event would name it, apart from its version, size and time. */
    public static ObjectCreated object(String url) {
        int slash = url.indexOf('/', SCHEME.length());
        return new ObjectCreated(url.substring(SCHEME.length(), slash), url.substring(slash + 1), "", 0, Instant.EPOCH);
    }
}
