package dev.caravan.feed.property;

import dev.caravan.base.Fault;
import dev.caravan.base.property.Form;
import dev.caravan.base.property.Property;
import dev.caravan.base.property.Reading;
import dev.caravan.base.property.Reading.Good;
import dev.caravan.base.property.Reading.Wrong;
import dev.caravan.base.property.Shape;
import dev.caravan.redshift.target.CopyFormat;
import dev.caravan.redshift.target.CopyOptions;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** How a feed's files are written. */
public final class FormatProperties {
    private static final int KEY_BYTES = 32;

    public static final Property<CopyFormat> FORMAT = Property.of(
                    "format",
                    Form.of(
                                    "CSV, DELIMITED, FIXEDWIDTH 'id:3,name:25', JSON, AVRO (both may say 'auto ignorecase' or"
                                            + " 's3://bucket/jsonpaths.json'), JSON 'noshred', PARQUET or ORC",
                                    CopyFormat::of)
                            .near(Arrays.stream(CopyFormat.Kind.values())
                                    .map(Enum::name)
                                    .toList()),
                    "how the files are written, see [Formats](formats.md)")
            .example("JSON 'auto ignorecase'")
            .byDefault("CSV");

    /** What Caravan writes itself, FORMAT, MANIFEST, ENCRYPTED and credentials, is refused. */
    public static final Property<String> COPY_OPTIONS = Property.of(
                    "copyOptions",
                    new Form<>(
                            "COPY parameters: words, strings in single quotes, whole numbers",
                            Shape.TEXT,
                            FormatProperties::options),
                    "more COPY parameters, for example `GZIP IGNOREHEADER 1`")
            .example("GZIP IGNOREHEADER 1")
            .meaning("");

    /** What S3 itself encrypts needs none. */
    public static final Property<String> MASTER_SYMMETRIC_KEY = Property.of(
                    "masterSymmetricKey",
                    Form.of(
                            "a placeholder of a key of 256 bits in Base64",
                            "not a key of 256 bits in Base64 (44 characters)",
                            FormatProperties::key),
                    "the key of files that their writer encrypted before they went to S3, as a placeholder:"
                            + " `{{env:WEB_KEY}}`")
            .example("{{env:WEB_KEY}}")
            .secret();

    private FormatProperties() {}

    private static Reading<String> options(String text) {
        Optional<Fault> fault = CopyOptions.fault("", text);
        return fault.isPresent() ? new Wrong<>(fault.get().value(), fault.get().advice()) : new Good<>(text, text);
    }

    private static Optional<String> key(String text) {
        try {
            return Optional.of(text)
                    .filter(key -> Base64.getDecoder().decode(key).length == KEY_BYTES)
                    .filter(key -> key.endsWith("="));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
