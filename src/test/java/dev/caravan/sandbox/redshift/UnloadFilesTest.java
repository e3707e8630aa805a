package dev.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Which files UNLOAD writes, and what its manifest says of them. */
@ExtendWith(Cluster.Extension.class)
class UnloadFilesTest {
    private static final String FOLDER = "unload-files/";

    private final Cluster cluster;

    UnloadFilesTest(Cluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void tables() throws SQLException {
        cluster.run("DROP TABLE IF EXISTS files; CREATE TABLE files (id INT, kind VARCHAR(10), day DATE);"
                + " INSERT INTO files SELECT n, CASE WHEN n % 3 > 0 THEN 'k' || n % 3 END, '2026-01-01'"
                + " FROM generate_series(1, 12) n");
        for (String key : keys("")) {
            cluster.s3().client().deleteObject(r -> r.bucket(TestS3.BUCKET).key(FOLDER + key));
        }
    }

    @Test
    void everySliceHasAFile() throws SQLException {
        unload("SELECT * FROM files", "a_", "");
        assertThat(keys("a_")).containsExactly("a_0000_part_00", "a_0001_part_00", "a_0002_part_00", "a_0003_part_00");
    }

    @Test
    void aSliceWithoutRowsHasNoFile() throws SQLException {
        unload("SELECT * FROM files WHERE id <= 2", "few_", "CSV HEADER GZIP");
        assertThat(keys("few_")).containsExactly("few_0000_part_00.gz", "few_0001_part_00.gz");
    }

    @Test
    void noRowsMakeNoFileAndNoManifest() throws SQLException {
        unload("SELECT * FROM files WHERE id < 0", "none_", "CSV HEADER MANIFEST VERBOSE");
        assertThat(keys("none_")).isEmpty();
    }

    @Test
    void serialFilesKeepTheOrderAndAreNumbered() throws SQLException {
        unload("SELECT id FROM files ORDER BY id DESC", "s_", "PARALLEL OFF");
        assertThat(keys("s_")).containsExactly("s_000");
        assertThat(text("s_000").lines())
                .containsExactly("12", "11", "10", "9", "8", "7", "6", "5", "4", "3", "2", "1");
    }

    @Test
    void namesEndAsTheFormatOrTheExtensionSays() throws SQLException {
        unload("SELECT 1", "n_gz_", "GZIP");
        unload("SELECT 1", "n_bz_", "BZIP2 PARALLEL FALSE");
        unload("SELECT 1", "n_zst_", "ZSTD JSON PARALLEL ON");
        unload("SELECT 1 AS a", "n_par_", "PARQUET PARALLEL TRUE");
        unload("SELECT 1", "n_ext_", "GZIP EXTENSION 'txt.gz'");
        assertThat(keys("n_"))
                .containsExactlyInAnyOrder(
                        "n_gz_0000_part_00.gz",
                        "n_bz_000.bz2",
                        "n_zst_0000_part_00.zst",
                        "n_par_0000_part_00.parquet",
                        "n_ext_0000_part_00.txt.gz");
    }

    @Test
    void aFileThatIsFullIsFollowedByAnother() throws SQLException {
        String query = "SELECT n, repeat('x', 1000) FROM generate_series(1, 12000) n ORDER BY 1";
        unload(query, "big_", "PARALLEL OFF MAXFILESIZE AS 5 MB");
        assertThat(keys("big_")).containsExactly("big_000", "big_001", "big_002");
        assertThat(sizes("big_")).allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(5L << 20));
        unload("SELECT * FROM (" + query + ")", "parts_", "MAXFILESIZE 5mb MANIFEST VERBOSE");
        unload("SELECT md5(n::varchar) FROM generate_series(1, 600000) n", "zip_", "PARALLEL OFF GZIP MAXFILESIZE 5");
        assertThat(sizes("zip_"))
                .hasSizeGreaterThan(1)
                .allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(5L << 20));
        assertThat(keys("parts_")).hasSize(5).contains("parts_0003_part_00", "parts_manifest");
    }

    @Test
    void partitionsAreFoldersWithoutTheirColumns() throws SQLException {
        unload("SELECT * FROM files ORDER BY id DESC", "p", "CSV PARTITION BY (day, kind) PARALLEL OFF MANIFEST");
        assertThat(keys("p"))
                .containsExactlyInAnyOrder(
                        "p/day=2026-01-01/kind=k1/000",
                        "p/day=2026-01-01/kind=k2/000",
                        "p/day=2026-01-01/kind=__HIVE_DEFAULT_PARTITION__/000",
                        "p/manifest");
        assertThat(text("p/day=2026-01-01/kind=k1/000").lines()).containsExactly("10", "7", "4", "1");
    }

    @Test
    void includeKeepsThePartitionColumns() throws SQLException {
        unload("SELECT id, 'a/b' AS kind FROM files WHERE id < 3", "i/", "PARTITION BY (kind) INCLUDE PARQUET");
        assertThat(keys("i/"))
                .containsExactly("i/kind=a%2Fb/0000_part_00.parquet", "i/kind=a%2Fb/0001_part_00.parquet");
        cluster.run("DROP TABLE IF EXISTS included; CREATE TABLE included (id INT, kind VARCHAR(10));"
                + Cluster.copy("included", TestS3.url(FOLDER + "i/"), "PARQUET"));
        assertThat(cluster.rows("SELECT * FROM included ORDER BY id")).containsExactly("1|a/b", "2|a/b");
    }

    @Test
    void aVerboseManifestHasLengthsAndCounts() throws Exception {
        unload("SELECT * FROM files", "v_", "CSV HEADER MANIFEST VERBOSE");
        JsonNode manifest = json("v_manifest");
        assertThat(manifest.at("/entries")).hasSize(4).allSatisfy(entry -> {
            String key = entry.at("/url").asText().substring(TestS3.url(FOLDER).length());
            assertThat(entry.at("/meta/content_length").asLong())
                    .isEqualTo(text(key).length());
            assertThat(entry.at("/meta/record_count").asLong()).isEqualTo(4);
        });
        assertThat(manifest.at("/meta/record_count").asLong()).isEqualTo(16);
        assertThat(manifest.at("/meta/content_length").asLong())
                .isEqualTo(sizes("v_0").stream().mapToLong(Long::longValue).sum());
        assertThat(manifest.at("/author/name").asText()).isEqualTo("Amazon Redshift");
        assertThat(manifest.at("/schema/elements").findValuesAsText("name")).containsExactly("id", "kind", "day");
        assertThat(manifest.at("/schema/elements").findValuesAsText("base"))
                .containsExactly("integer", "character varying", "date");
    }

    @Test
    void aPlainManifestHasUrls() throws Exception {
        unload("SELECT * FROM files", "m_", "MANIFEST");
        assertThat(json("m_manifest").toString())
                .startsWith("{\"entries\":[{\"url\":\"" + TestS3.url(FOLDER + "m_0000_part_00") + "\"},{");
    }

    @Test
    void whatIsThereIsInTheWayUnlessItMayGo() throws SQLException {
        unload("SELECT * FROM files", "w_", "MANIFEST");
        assertThatThrownBy(() -> unload("SELECT 1", "w_", ""))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("XX000"))
                .hasMessageContaining("Specified unload destination on S3 is not empty. Consider using a different");
        unload("SELECT 7", "w_", "ALLOWOVERWRITE");
        assertThat(text("w_0000_part_00")).isEqualTo("7\n");
        assertThat(keys("w_")).hasSize(5);
        unload("SELECT 8", "w_", "CLEANPATH");
        assertThat(keys("w_")).containsExactly("w_0000_part_00");
    }

    @Test
    void cleanpathTakesOnlyThePartitionsThatGetFiles() throws SQLException {
        unload("SELECT * FROM files", "c/", "PARTITION BY (kind)");
        unload("SELECT * FROM files WHERE id = 1", "c/", "PARTITION BY (kind) CLEANPATH PARALLEL OFF");
        assertThat(keys("c/kind=k1")).containsExactly("c/kind=k1/000");
        assertThat(keys("c/kind=k2")).hasSize(4);
    }

    private void unload(String query, String name, String options) throws SQLException {
        cluster.run("UNLOAD ('" + query.replace("'", "''") + "') TO '" + TestS3.url(FOLDER + name) + "'" + Cluster.ROLE
                + options);
    }

    private List<S3Object> objects(String prefix) {
        return cluster
                .s3()
                .client()
                .listObjectsV2Paginator(r -> r.bucket(TestS3.BUCKET).prefix(FOLDER + prefix))
                .contents()
                .stream()
                .toList();
    }

    private List<String> keys(String prefix) {
        return objects(prefix).stream()
                .map(object -> object.key().substring(FOLDER.length()))
                .toList();
    }

    private List<Long> sizes(String prefix) {
        return objects(prefix).stream().map(S3Object::size).toList();
    }

    private String text(String key) {
        return cluster.s3()
                .client()
                .getObjectAsBytes(r -> r.bucket(TestS3.BUCKET).key(FOLDER + key))
                .asUtf8String();
    }

    private JsonNode json(String key) throws JsonProcessingException {
        return new ObjectMapper().readTree(text(key));
    }
}
