package dev.caravan.migrate.datapipeline;

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
            String key = "caravan.source." + source.name();
            lines.addAll(List.of(
                    "",
                    "# From " + source.origin() + ". Its password is not here: set " + source.passwordVariable() + ",",
                    "# or name a secret of AWS Secrets Manager in its place: " + key + ".secret=its name or ARN.",
                    key + ".url=" + source.url(),
                    key + ".username=" + source.user(),
                    key + ".password=" + SourceDraft.placeholder(source.name(), "PASSWORD")));
        }
        return String.join("\n", lines) + "\n";
    }
}
