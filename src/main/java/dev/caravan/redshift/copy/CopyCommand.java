package dev.caravan.redshift.copy;

import dev.caravan.redshift.target.CopyFormat;
import dev.caravan.redshift.target.Target;
import java.util.List;

/** Renders a COPY itself: from a manifest into a table, with what may read S3 and the format. Its secrets are hidden. */
final class CopyCommand {
    private final HiddenSecrets secrets;

    CopyCommand(HiddenSecrets secrets) {
        this.secrets = secrets;
    }

    /**
     * A COPY.
     *
     * @param table quoted
     * @param columns that the files fill, without quotes; empty means all
     */
    String of(Target target, String table, List<String> columns, String manifestUrl) {
        var sql = new StringBuilder("COPY ").append(table);
        if (!columns.isEmpty()) {
            sql.append(" (").append(SqlText.identifiers(columns, ", ")).append(')');
        }
        sql.append("\nFROM ").append(SqlText.literal(manifestUrl));
        sql.append('\n').append(credentials(target));
        sql.append("\nMANIFEST");
        target.masterSymmetricKey()
                .ifPresent(key -> sql.append("\nMASTER_SYMMETRIC_KEY ")
                        .append(SqlText.literal(secrets.hide(key)))
                        .append(" ENCRYPTED"));
        String format = format(target.format());
        if (!format.isEmpty()) {
            sql.append('\n').append(format);
        }
        if (!target.copyOptions().isEmpty()) {
            sql.append('\n').append(target.copyOptions());
        }
        return sql.toString();
    }

    private static String format(CopyFormat format) {
        return switch (format.kind()) {
            case CSV -> "FORMAT AS CSV";
            case DELIMITED -> "";
            case FIXEDWIDTH -> "FIXEDWIDTH " + SqlText.literal(format.argument());
            case JSON, AVRO -> "FORMAT AS " + format.kind() + " " + SqlText.literal(format.argument());
            case PARQUET, ORC -> "FORMAT AS " + format.kind();
        };
    }

    private String credentials(Target target) {
        return new S3Access(
                        target.inWords(),
                        target.copyCredentials(),
                        target.iamRole(),
                        target.accessKeyId(),
                        target.secretAccessKey())
                .sql(secrets);
    }
}
