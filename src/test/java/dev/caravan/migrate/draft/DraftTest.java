package dev.caravan.migrate.draft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is written is what Caravan takes; what it wouldn't take stands in comments. */
class DraftTest {

    @Test
    void aTextIsWrittenSoThatYamlReadsItAsItIs() {
        assertThat(DraftText.scalar("landing/in/dt=*/")).isEqualTo("landing/in/dt=*/");
        assertThat(DraftText.scalar("5m")).isEqualTo("5m");
        assertThat(DraftText.scalar(".*\\.csv")).isEqualTo("'.*\\.csv'");
        assertThat(DraftText.scalar("DELIMITER '|' # no")).isEqualTo("'DELIMITER ''|'' # no'");
        assertThat(DraftText.scalar("a: b")).isEqualTo("'a: b'");
        assertThat(DraftText.scalar("a:")).isEqualTo("'a:'");
    }

    @Test
    void namesAreMadeOfPrefixes_noTwoAlike() {
        FeedNames names = new FeedNames();
        assertThat(names.of("landing/logs/web/dt=*/hour=*")).isEqualTo("logs-web");
        assertThat(names.of("other/logs/web/")).isEqualTo("logs-web-2");
        assertThat(names.of("landing")).isEqualTo("landing");
        assertThat(names.of("landing/ü ü/")).isEqualTo("feed");
        assertThat(names.of("landing/" + "x".repeat(300))).hasSize(60);
    }

    @Test
    void clustersHaveNamesOfTheirOwn() {
        Clusters clusters = new Clusters();
        clusters.at("my-cluster.abc.eu-west-1.redshift.amazonaws.com", "5439", "dev", "loader", "x");
        clusters.at("my-cluster.abc.eu-west-1.redshift.amazonaws.com", "5439", "dev", "loader", "x");
        clusters.at("my-cluster.abc.eu-west-1.redshift.amazonaws.com", "5439", "bi", "loader", "x");
        clusters.at("my-cluster.abc.eu-west-1.redshift.amazonaws.com", "5439", "bi", "other", "x");
        assertThat(clusters.all().stream().map(ClusterDraft::name))
                .containsExactly("my_cluster", "my_cluster_bi", "my_cluster_2");
        assertThat(clusters.all().get(1).passwordVariable()).isEqualTo("CARAVAN_MY_CLUSTER_BI_PASSWORD");
    }

    @Test
    void noClusterIsNamedAsAFeedIs_andTheFileSaysSo() {
        Draft draft = Clusters.apart(clusters -> {
            FeedDraft feed = new FeedDraft("analytics", "a test");
            feed.set(
                    "clusters",
                    clusters.at("analytics.abc.com", "5439", "dev", "loader", "x")
                            .name());
            clusters.at("analytics.abc.com", "5439", "bi", "loader", "x");
            clusters.dataApi("other", "dev", Map.of("workgroupName", "other"), "x");
            return new Draft(List.of(feed, new FeedDraft("analytics_cluster_bi", "a test")), clusters.all(), List.of());
        });
        assertThat(draft.clusters().stream().map(ClusterDraft::name))
                .containsExactly("analytics_cluster", "analytics_cluster_2", "other");
        assertThat(draft.feeds().get(0).properties()).containsEntry("clusters", "analytics_cluster");
        assertThat(DraftText.properties(draft, "a test"))
                .contains("# From x, not named analytics, for a feed is. Its password is not here: set"
                        + " CARAVAN_ANALYTICS_CLUSTER_PASSWORD.");
    }

    @Test
    void whatCaravanRefusesIsAComment_andPutsTheFeedIntoCommentsIfItWouldLoadSomethingElse() {
        FeedDraft good = new FeedDraft("good", "a test")
                .set("prefix", "landing/a/")
                .set("table", "t")
                .set("batchSize", "many");
        FeedDraft same =
                new FeedDraft("same", "a test").set("prefix", "landing/a/").set("table", "t");
        FeedDraft noload = new FeedDraft("noload", "a test")
                .set("prefix", "landing/b/")
                .set("table", "t")
                .set("copyOptions", "NOLOAD");
        FeedDraft placeholder = new FeedDraft("placeholder", "a test")
                .set("prefix", "landing/c/")
                .set("table", "{{t}}");
        Draft draft = new Draft(List.of(good, same, noload, placeholder), List.of(), List.of()).checked();
        assertThat(draft.feeds().stream()
                        .filter(feed -> feed.offBecause().isPresent())
                        .map(FeedDraft::name))
                .containsExactly("same", "noload", "placeholder");
        assertThat(DraftText.yaml(draft, "a test")).isEqualTo("""
                # Feeds taken over from a test. Go through the comments, then delete them.
                - beans:

                    # From a test.
                    # - Caravan refuses batchSize: write a whole number of files from 1 to 100000, for example 100, or auto (it was
                    #   many)
                    - name: good
                      type: dev.caravan.feed.Feed
                      properties:
                        prefix: landing/a/
                        table: t

                    # From a test.
                    # - Caravan refuses prefix: feed 'good' has the same prefix; give each its own, or another filter, or 'good'
                    #   onMatch: continue
                    # - name: same
                    #   type: dev.caravan.feed.Feed
                    #   properties:
                    #     prefix: landing/a/
                    #     table: t

                    # From a test.
                    # - Caravan refuses copyOptions: remove it: the files would count as loaded without being loaded
                    # - name: noload
                    #   type: dev.caravan.feed.Feed
                    #   properties:
                    #     prefix: landing/b/
                    #     table: t
                    #     copyOptions: NOLOAD

                    # From a test.
                    # - table was '{{t}}', which Camel would take for a placeholder or a bean: write it otherwise
                    # - name: placeholder
                    #   type: dev.caravan.feed.Feed
                    #   properties:
                    #     prefix: landing/c/
                """);
    }
}
