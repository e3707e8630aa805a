package dev.caravan.migrate.rin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.migrate.draft.Draft;
import dev.caravan.migrate.draft.DraftText;
import dev.caravan.migrate.draft.FeedDraft;
import org.junit.jupiter.api.Test;

class RinImportTest {
    private static final String CONFIG = """
            queue_name: rin_events
            credentials:
              aws_region: ap-northeast-1
              aws_access_key_id: AKIA123
              aws_secret_access_key: {{ must_env "AWS_SECRET" }}
            redshift:
              host: warehouse.example.com
              dbname: logs
              user: rin
              password: 'hush'
              schema: public
            s3:
              bucket: landing
              region: ap-northeast-1
            sql_option: "JSON 'auto' GZIP"
            targets:
              - redshift:
                  table: foo
                s3:
                  key_prefix: test/foo/
              - redshift:
                  schema: bi
                  table: bar
                s3:
                  key_prefix: test/foo/bar/
                sql_option: "CSV DELIMITER '|' TRIMBLANKS"
                break: true
              - redshift:
                  schema: $1
                  table: $2
                s3:
                  key_regexp: test/schema-([a-z]+)/table-([a-z]+)/
            """;

    @Test
    void targetsBecomeFeeds_andWhatCapturesATableHasAKeyPattern() {
        Draft draft = RinImport.draft(CONFIG);
        assertThat(DraftText.yaml(draft, "Rin"))
                .contains("""
                            - name: test-foo
                              type: dev.caravan.feed.Feed
                              properties:
                                prefix: landing/test/foo/
                                table: public.foo
                                clusters: warehouse
                                format: 'JSON ''auto'''
                                copyOptions: 'GZIP REGION ''ap-northeast-1'''
                                onMatch: continue
                        """.indent(0))
                .contains("# - Rin asks its targets in their order, until one says break")
                .contains("        table: bi.bar\n        clusters: warehouse\n        format: CSV\n")
                .contains("        copyOptions: 'DELIMITER ''|'' TRIMBLANKS REGION ''ap-northeast-1'''\n")
                .contains("""
                            - name: landing
                              type: dev.caravan.feed.Feed
                              properties:
                                prefix: landing/
                                table: '$1.$2'
                                keyPattern: '(?!test/foo/bar/).*?(?:test/schema-([a-z]+)/table-([a-z]+)/).*'
                        """.indent(0))
                .doesNotContain("hush");
        assertThat(DraftText.yaml(draft, "Rin"))
                .contains(
                        "# - whoever writes an object chooses its table by the key: name the tables that may be chosen in")
                .doesNotContain("        allowedTables:");
        assertThat(draft.feeds().stream()
                        .filter(feed -> feed.offBecause().isEmpty())
                        .map(FeedDraft::name))
                .containsExactly("test-foo", "test-foo-bar", "landing");
        assertThat(draft.byHand())
                .anyMatch(step -> step.startsWith("set caravan.queue=rin_events"))
                .anyMatch(step -> step.startsWith("set CARAVAN_WAREHOUSE_PASSWORD"))
                .noneMatch(step -> step.contains("AKIA123"));
        assertThat(DraftText.properties(draft, "Rin"))
                .contains("caravan.warehouse.url=jdbc:redshift://warehouse.example.com:5439/logs\n")
                .doesNotContain("hush");
    }

    @Test
    void whereKeysChooseATableOfOneSchemaTheseAreAllowed() {
        String yaml = DraftText.yaml(RinImport.draft(CONFIG.replace("schema: $1", "schema: bi_$1")), "Rin");
        assertThat(yaml).contains("allowedTables: bi_*.*").doesNotContain("whoever writes an object");
        assertThat(DraftText.yaml(RinImport.draft(CONFIG.replace("schema: $1", "schema: ''")), "Rin"))
                .contains("allowedTables: public.*");
        assertThat(DraftText.yaml(
                        RinImport.draft(
                                CONFIG.replace("schema: $1", "schema: ''").replace("  schema: public\n", "")),
                        "Rin"))
                .contains("whoever writes an object");
    }

    @Test
    void anOptionIsTakenApart() {
        assertThat(SqlOption.of("JSON GZIP")).isEqualTo(new SqlOption("JSON", "GZIP"));
        assertThat(SqlOption.of("GZIP FORMAT AS JSON 's3://b/p.json' MAXERROR 3"))
                .isEqualTo(new SqlOption("JSON 's3://b/p.json'", "GZIP MAXERROR 3"));
        assertThat(SqlOption.of("DELIMITER ','")).isEqualTo(new SqlOption("DELIMITED", "DELIMITER ','"));
        assertThat(SqlOption.of("format parquet")).isEqualTo(new SqlOption("PARQUET", ""));
    }

    @Test
    void whatIsNoYamlIsRefused() {
        assertThatThrownBy(() -> RinImport.draft("targets: [")).isInstanceOf(IllegalArgumentException.class);
        assertThat(RinImport.draft("").feeds()).isEmpty();
    }
}
