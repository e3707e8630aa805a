package dev.caravan.migrate.lambdaloader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.migrate.draft.Clusters;
import dev.caravan.migrate.draft.Draft;
import dev.caravan.migrate.draft.DraftText;
import dev.caravan.migrate.draft.FeedDraft;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The AWS loader's attributes, one by one. */
class ConfigMappingTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                ".*\\.csv, .*\\.csv.*",
                ".*\\.csv$, .*\\.csv",
                "\\.gz, .*\\.gz.*",
                "a|b, .*(?:a|b).*",
                ".*, .*",
            })
    void aFilterFindsTheSameNames(String theirs, String ours) {
        assertThat(property("filter", Map.of("filenameFilterRegex", theirs))).isEqualTo("filter: '" + ours + "'");
    }

    @Test
    void aFilterForTheWholeKeyIsAKeyPattern() {
        assertThat(property("keyPattern", Map.of("filenameFilterRegex", "^in/.*\\.csv$")))
                .isEqualTo("keyPattern: '.*?(?:^in/.*\\.csv$).*'");
        assertThat(Pattern.matches(".*?(?:^in/.*\\.csv$).*", "in/web/1.csv")).isTrue();
        assertThat(Pattern.matches(".*?(?:^in/.*\\.csv$).*", "x/in/web/1.csv")).isFalse();
        assertThat(draft(Map.of("filenameFilterRegex", "(")).offBecause().orElseThrow())
                .contains("'(' can't be understood");
    }

    @Test
    void csvIsCsvUnlessTheOptionsSayOtherwise() {
        assertThat(property("format", Map.of())).isEqualTo("format: CSV");
        assertThat(property("format", Map.of("copyOptions", "removequotes"))).isEqualTo("format: DELIMITED");
        assertThat(property("copyOptions", Map.of("copyOptions", "removequotes")))
                .isEqualTo("copyOptions: 'DELIMITER '','' removequotes'");
        assertThat(property(
                        "copyOptions",
                        Map.of(
                                "csvDelimiter",
                                "|",
                                "ignoreCsvHeader",
                                true,
                                "compression",
                                "GZIP",
                                "copyOptions",
                                "MAXERROR 3")))
                .isEqualTo("copyOptions: 'DELIMITER ''|'' IGNOREHEADER 1 GZIP MAXERROR 3'");
    }

    @Test
    void jsonHasItsPaths() {
        assertThat(property("format", Map.of("dataFormat", "JSON"))).isEqualTo("format: 'JSON ''auto'''");
        assertThat(property("format", Map.of("dataFormat", "JSON", "jsonPath", "s3://b/p.json")))
                .isEqualTo("format: 'JSON ''s3://b/p.json'''");
        assertThat(draft(Map.of("dataFormat", "XML")).offBecause()).contains("dataFormat: XML is not known");
    }

    @Test
    void aPrefixIsAFolder() {
        assertThat(ConfigMapping.folder("b/in/web")).isEqualTo("b/in/web/");
        assertThat(ConfigMapping.folder("b/in/dt=*/hour=*")).isEqualTo("b/in/dt=*/hour=*/");
        assertThat(ConfigMapping.folder("b")).isEqualTo("b");
    }

    @Test
    void whatIsEncryptedOrUnknownIsNamed_andNoValueIsTold() {
        FeedDraft draft = draft(Map.of(
                "secretKeyForS3",
                "AQECAHh",
                "accessKeyForS3",
                "AKIA123",
                "masterSymmetricKey",
                "c2VjcmV0",
                "novelty",
                "hush"));
        assertThat(yaml(draft))
                .contains("secretKeyForS3: is encrypted with KMS and was not read")
                .contains("novelty: not known, and not taken over")
                .doesNotContain("AQECAHh")
                .doesNotContain("AKIA123")
                .doesNotContain("c2VjcmV0")
                .doesNotContain("hush");
        assertThat(draft.offBecause().orElseThrow()).startsWith("masterSymmetricKey: ");
    }

    @Test
    void whatAClusterHasThatIsUnknownIsNamed() {
        Item config = new Item(
                Map.of(
                        "loadClusters",
                        List.of(Map.of("clusterEndpoint", "a.example.com", "targetTable", "t", "novelty", "hush"))),
                0);
        ClusterMapping.Target target =
                ClusterMapping.targets(config, new Clusters(), "a test").get(0);
        assertThat(target.comments()).contains("loadClusters, cluster a: novelty: not known, and not taken over");
    }

    private static String property(String name, Map<String, Object> config) {
        return yaml(draft(config))
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith(name + ": "))
                .findFirst()
                .orElse("");
    }

    private static FeedDraft draft(Map<String, Object> config) {
        FeedDraft draft = new FeedDraft("f", "a test");
        ConfigMapping.apply(new Item(config, 0), draft);
        return draft;
    }

    private static String yaml(FeedDraft draft) {
        return DraftText.yaml(new Draft(List.of(draft), List.of(), List.of()), "a test")
                .replaceAll("\n +# {2,}", " ");
    }
}
