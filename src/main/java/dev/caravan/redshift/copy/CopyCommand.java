package dev.caravan.redshift.copy;

import dev.caravan.redshift.target.CopyFormat;
import dev.caravan.redshift.target.Target;
import java.util.List;
import java.util.Optional;

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

    /** Columnar formats take keys as CREDENTIALS only. */
    private String credentials(Target target) {
        return switch (target.copyCredentials()) {
            case ROLE -> "IAM_ROLE " + role(target);
            case SESSION -> "CREDENTIALS " + SqlText.literal(secrets.session());
            case KEYS -> "CREDENTIALS " + SqlText.literal(secrets.hide(keys(target)));
        };
    }

    private static HiddenSecrets.Keys keys(Target target) {
        if (target.accessKeyId().isEmpty() || target.secretAccessKey().isEmpty()) {
            throw new IllegalArgumentException(target.inWords()
                    + " has no accessKeyId or no secretAccessKey; set them, or another copyCredentials");
        }
        return new HiddenSecrets.Keys(
                target.accessKeyId().get(), target.secretAccessKey().get(), Optional.empty());
    }

    private static String role(Target target) {
        String role = target.iamRole()
                .orElseThrow(() -> new IllegalArgumentException(
                        target.inWords() + " has no iamRole; set it there or in caravan.iam-role"));
        return role.equals("default") ? role : SqlText.literal(role);
    }
}
