package dev.caravan.migrate.datapipeline;

import dev.caravan.migrate.datapipeline.SourceDraft.Engine;
import java.util.ArrayList;
import java.util.List;

/** Sources as lines of {@code application.properties}. */
public final class SourceText {
    private SourceText() {}

    /** A block for each source. */
    public static String properties(List<SourceDraft> sources, String origin) {
        List<String> lines = new ArrayList<>();
        lines.add("# Sources taken over from " + origin + ". Append this to application.properties.");
        for (SourceDraft source : sources) {
            String key = "camel.beans." + source.name();
            lines.addAll(List.of(
                    "",
                    "# From " + source.origin() + ". Its password is not here: set " + source.passwordVariable() + ",",
                    "# or write a secret of AWS Secrets Manager in its place: {{aws:NAME#FIELD}}."));
            lines.addAll(words(source.engine()));
            lines.addAll(List.of(
                    key + "=#class:" + source.engine().dataSource(),
                    key + ".url=" + source.url(),
                    key + ".user=" + source.user(),
                    key + ".password=" + SourceDraft.placeholder(source.name(), "PASSWORD")));
        }
        return String.join("\n", lines) + "\n";
    }

    private static List<String> words(Engine engine) {
        return switch (engine) {
            case MYSQL -> List.of("# MariaDB's driver encrypts if the url ends in ?sslMode=verify-full.");
            case POSTGRESQL -> List.of();
            case UNKNOWN -> List.of("# If it is PostgreSQL, the class is " + Engine.POSTGRESQL.dataSource() + ".");
        };
    }
}
