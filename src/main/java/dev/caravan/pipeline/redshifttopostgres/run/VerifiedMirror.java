package dev.caravan.pipeline.redshifttopostgres.run;

import java.util.List;
import java.util.Map;

/**
 * What a target has, compared with what was mirrored last.
 *
 * @param snapshot that it holds
 * @param rows of it
 * @param missing rows that the target hasn't
 * @param changed rows that it has otherwise
 * @param extra rows that it has besides: others wrote them
 * @param samples keys of a few rows, by what is wrong with them: missing, changed
 */
public record VerifiedMirror(
        String snapshot, long rows, long missing, long changed, long extra, Map<String, List<String>> samples) {
    public VerifiedMirror {
        samples = Map.copyOf(samples);
    }

    public boolean isSame() {
        return missing == 0 && changed == 0;
    }
}
