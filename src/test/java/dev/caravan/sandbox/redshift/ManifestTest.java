package dev.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Cluster.Extension.class)
class ManifestTest {
    private static final String FILE = "1,a\n2,b\n";

    private final Cluster cluster;

    ManifestTest(Cluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void tables() throws SQLException {
        cluster.run("DROP TABLE IF EXISTS listed; CREATE TABLE listed (id INT, name VARCHAR(20))");
        cluster.s3().put("listed/a.csv", FILE);
    }

    @Test
    void listedFilesAreLoadedAndNoOthers() throws SQLException {
        cluster.s3().put("listed/b.csv", "9,z\n");
        load(entry("listed/a.csv", true, FILE.length()));
        assertThat(cluster.rows("SELECT id FROM listed ORDER BY id")).containsExactly("1", "2");
    }

    @Test
    void aUrlListedTwiceLoadsTwice() throws SQLException {
        load(entry("listed/a.csv", true, FILE.length()) + "," + entry("listed/a.csv", true, FILE.length()));
        assertThat(cluster.rows("SELECT id FROM listed ORDER BY id")).containsExactly("1", "1", "2", "2");
    }

    @Test
    void aMissingMandatoryObjectFailsTheLoad() throws SQLException {
        assertThatThrownBy(() ->
                        load(entry("listed/a.csv", true, FILE.length()) + "," + entry("listed/none.csv", true, 1)))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("XX000"))
                .hasMessageContaining("Mandatory url is not present in manifest file.")
                .hasMessageContaining(" url=s3://landing/listed/none.csv\n");
        assertThat(cluster.rows("SELECT count(*) FROM listed")).containsExactly("0");
    }

    @Test
    void aMissingOptionalObjectIsPassedOver() throws SQLException {
        load(entry("listed/none.csv", false, 1) + "," + entry("listed/a.csv", false, FILE.length()));
        assertThat(cluster.rows("SELECT count(*) FROM listed")).containsExactly("2");
        assertThatThrownBy(() -> load(entry("listed/none.csv", false, 1))).hasMessageContaining("None of the files");
    }

    @Test
    void aWrongContentLengthFailsTheLoad() {
        assertThatThrownBy(() -> load(entry("listed/a.csv", true, FILE.length() + 1)))
                .hasMessageContaining("content_length");
    }

    @Test
    void aMissingOrBrokenManifestIsSaidToBeOne() {
        assertThatThrownBy(() -> cluster.run(Cluster.copy("listed", TestS3.url("none.manifest"), "MANIFEST CSV")))
                .hasMessageContaining("Problem reading manifest file")
                .hasMessageContaining("Status 404");
        assertThatThrownBy(() -> load("{")).hasMessageContaining("Manifest file is not in correct json format");
        assertThatThrownBy(() -> load("")).hasMessageContaining("Manifest file has no entries");
    }

    @Test
    void aMissingBucketIsS3s404() {
        assertThatThrownBy(() -> cluster.run(Cluster.copy("listed", "s3://elsewhere/x", "CSV")))
                .hasMessageContaining("S3ServiceException")
                .hasMessageContaining("NoSuchBucket");
    }

    private void load(String entries) throws SQLException {
        String url = cluster.s3().put("the.manifest", "{\"entries\": [" + entries + "]}");
        cluster.run(Cluster.copy("listed", url, "MANIFEST CSV"));
    }

    private static String entry(String key, boolean mandatory, int length) {
        return "{\"url\": \"" + TestS3.url(key) + "\", \"mandatory\": " + mandatory
                + ", \"meta\": {\"content_length\": " + length + "}}";
    }
}
