package dev.caravan.redshift.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.feed.Feed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdentityColumnsTest {
    private final IdentityColumns some = IdentityColumns.of(
            List.of(Map.of("name", "n", "kind", "always"), Map.of("name", "m", "kind", "by default")));

    @Test
    void copyLeavesOutWhatTheClusterNumbers_unlessToldOtherwise() {
        Feed feed = feed();
        assertThat(some.copied(feed, List.of("N", "id", "m"))).containsExactly("id", "m");
        feed.set("copyOptions", "EXPLICIT_IDS");
        assertThat(some.copied(feed, List.of("N", "id", "m"))).containsExactly("N", "id", "m");
    }

    @Test
    void onlyTemporaryTablesAreParticular() {
        Feed feed = feed();
        feed.set("columns", "n, id");
        assertThat(some.fault(feed)).isEmpty();
        feed.set("loadedAtColumn", "at");
        assertThat(some.fault(feed))
                .hasValueSatisfying(fault -> assertThat(fault)
                        .startsWith("IDENTITY gives column n of public.t its values")
                        .contains("remove it from the feed's columns"));
        feed.set("columns", "m, id");
        assertThat(some.fault(feed)).isEmpty();
        assertThat(IdentityColumns.NONE.fault(feed)).isEmpty();
    }

    private static Feed feed() {
        Feed feed = new Feed();
        feed.set("table", "public.t");
        return feed;
    }
}
