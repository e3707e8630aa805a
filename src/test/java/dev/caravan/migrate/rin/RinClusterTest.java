package dev.caravan.migrate.rin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.migrate.draft.Draft;
import dev.caravan.migrate.draft.DraftText;
import org.junit.jupiter.api.Test;

/** Clusters, regions and templates of Rin's configuration, and what is said of the rest. */
class RinClusterTest {
    private static final String CONFIG = """
            queue_name: {{ env "QUEUE" "rin" }}
            credentials:
              aws_region: {{ must_env "AWS_REGION" }}
              aws_iam_role: {{ must_env "COPY_ROLE" }}
            redshift:
              driver: redshift-data
              cluster: {{ env "CLUSTER" "main" }}
              dbname: logs
              user: rin
              reconnect_on_error: true
            s3:
              bucket: {{ must_env `BUCKET` }}
              region: eu-west-1
            targets:
              - redshift: {table: foo}
                s3: {key_prefix: foo/}
                sql_option: CSV
              - redshift: {table: bar, workgroup: serverless, port: 5439}
                s3: {key_prefix: bar/, key_regexp: never}
                sql_option: "PARQUET"
              - redshift: {table: host, driver: postgres, host: h.example.com}
                s3: {key_prefix: host/, region: us-east-1}
                sql_option: "CSV REGION 'eu-north-1'"
                novelty: 1
            """;

    @Test
    void theDataApiStaysTheDataApi() {
        Draft draft = RinImport.draft(CONFIG);
        assertThat(DraftText.properties(draft, "Rin"))
                .contains("""

                        # From Rin's redshift, driver redshift-data.
                        camel.beans.cluster=#class:dev.caravan.dataapi.DataApiDataSource
                        camel.beans.cluster.clusterIdentifier={{env:CLUSTER:main}}
                        camel.beans.cluster.database=logs
                        camel.beans.cluster.dbUser=rin
                        camel.beans.cluster.region={{env:AWS_REGION}}

                        # From Rin's redshift, driver redshift-data.
                        camel.beans.serverless=#class:dev.caravan.dataapi.DataApiDataSource
                        camel.beans.serverless.workgroupName=serverless
                        camel.beans.serverless.database=logs
                        camel.beans.serverless.region={{env:AWS_REGION}}
                        """)
                .contains("caravan.h.url=jdbc:redshift://h.example.com:5439/logs\n");
        assertThat(DraftText.yaml(draft, "Rin"))
                .contains("        clusters: cluster\n")
                .contains("        clusters: serverless\n")
                .contains("        clusters: h\n")
                .contains("redshift.port has no meaning with driver: redshift-data")
                .contains("redshift.user has no meaning with a workgroup");
        assertThat(draft.byHand())
                .contains("redshift.reconnect_on_error: needs nothing here, a connection that is broken is replaced")
                .contains("targets[3].novelty: not known, and not taken over")
                .anyMatch(step -> step.startsWith("allow Caravan the Data API of serverless"))
                .anyMatch(step -> step.startsWith("Rin has no password for rin at h.example.com, and asks AWS"))
                .noneMatch(step -> step.contains("CLUSTER_PASSWORD"));
    }

    @Test
    void copyIsToldTheRegionOfTheBucket_whereItTakesOne() {
        assertThat(DraftText.yaml(RinImport.draft(CONFIG), "Rin").replaceAll("\n +# {2,}", " "))
                .contains("format: CSV\n        copyOptions: 'REGION ''eu-west-1'''\n")
                .contains("format: CSV\n        copyOptions: 'REGION ''eu-north-1'''\n")
                .contains(
                        "REGION 'eu-west-1', which Rin wrote for s3.region, is left out: COPY takes none with PARQUET")
                .contains("Rin takes no notice of key_regexp where there is a key_prefix")
                .doesNotContain("keyPattern:");
    }

    @Test
    void aTemplateIsAPlaceholder_withItsDefault() {
        Draft draft = RinImport.draft(CONFIG);
        assertThat(DraftText.yaml(draft, "Rin"))
                .contains("        prefix: '{{env:BUCKET}}/foo/'\n")
                .contains("        iamRole: '{{env:COPY_ROLE}}'\n")
                .doesNotContain("fromenv");
        assertThat(draft.byHand())
                .contains(
                        "{{ env \"QUEUE\" \"rin\" }} is {{env:QUEUE:rin}} here: the environment variable QUEUE is 'rin' where"
                                + " it isn't set, as in Rin; where it is empty, which Rin takes for not set, it stays"
                                + " empty")
                .contains(
                        "{{ must_env `BUCKET` }} is {{env:BUCKET}} here: the environment variable BUCKET must be set where"
                                + " Caravan runs, else it doesn't start, as Rin")
                .anyMatch(step -> step.startsWith("set caravan.queue={{env:QUEUE:rin}} in application.properties"))
                .contains("set AWS_REGION={{env:AWS_REGION}}: the queue is there (credentials.aws_region)");
        assertThat(draft.feeds().stream().flatMap(feed -> feed.offBecause().stream()))
                .isEmpty();
        assertThatThrownBy(() -> RinImport.draft("redshift: {host: '{{ tfstate `x` }}'}"))
                .hasMessage(
                        "has a template that only Rin understands, {{ tfstate `x` }}: write its value there, in a copy, and"
                                + " import that");
    }

    @Test
    void aVariableIsNamedAsCamelLooksForIt() {
        assertThat(RinImport.draft("queue_name: {{ must_env \"queue\" }}").byHand())
                .contains(
                        "{{ must_env \"queue\" }} is {{env:queue}} here: the environment variable QUEUE, which Camel reads in"
                                + " capitals only, must be set where Caravan runs, else it doesn't start, as Rin");
    }

    @Test
    void aClusterIsNotNamedAsAFeedIs() {
        Draft draft = RinImport.draft("targets: [{s3: {bucket: landing, key_prefix: analytics/}, redshift: {host:"
                + " analytics.example.com, dbname: d, user: u, password: p, table: t}}]");
        assertThat(draft.feeds().get(0).name()).isEqualTo("analytics");
        assertThat(DraftText.yaml(draft, "Rin")).contains("        clusters: analytics_cluster\n");
        assertThat(DraftText.properties(draft, "Rin"))
                .contains("# From Rin's redshift, not named analytics, for a feed is. Its password is not here")
                .contains("caravan.analytics_cluster.url=jdbc:redshift://analytics.example.com:5439/d\n")
                .doesNotContain("beans.analytics=");
        assertThat(draft.byHand()).anyMatch(step -> step.startsWith("set CARAVAN_ANALYTICS_CLUSTER_PASSWORD: "));
    }

    @Test
    void whatNamesNoClusterIsNotLoadedIntoAnother() {
        assertThat(off("{driver: redshift-data, dbname: d, table: t}"))
                .isEqualTo("driver: redshift-data wants a workgroup or a cluster, and there is neither");
        assertThat(off("{workgroup: w, dbname: d, table: t}"))
                .isEqualTo("its redshift names no host; a cluster or workgroup wants driver: redshift-data");
        assertThat(off("{driver: mysql, host: h, table: t}"))
                .isEqualTo("driver: Rin knows postgres and redshift-data, not 'mysql'");
    }

    private static String off(String redshift) {
        return RinImport.draft("targets: [{s3: {bucket: landing, key_prefix: in/}, redshift: " + redshift + "}]")
                .feeds()
                .get(0)
                .offBecause()
                .orElse("");
    }
}
