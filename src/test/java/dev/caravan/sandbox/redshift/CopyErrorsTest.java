package dev.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.amazon.redshift.util.RedshiftException;
import com.amazon.redshift.util.ServerErrorMessage;
import java.sql.SQLException;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What COPY says of its files and its manifest: the primary message is Redshift's own, and what a producer has named stands in the context. */
@ExtendWith(Cluster.Extension.class)
class CopyErrorsTest {
    private static final String ELSEWHERE =
            "S3ServiceException:The bucket you are attempting to access must be addressed using the specified endpoint."
                    + " Please send all future requests to this endpoint.,Status 301,Error PermanentRedirect,";

    private final Cluster cluster;

    CopyErrorsTest(Cluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void table() throws SQLException {
        cluster.run("DROP TABLE IF EXISTS wrong; CREATE TABLE wrong (id INT)");
        cluster.s3().put("wrong/maintenance mode.csv", "1\n");
    }

    @AfterEach
    void clear() {
        cluster.server().faults().clear();
    }

    @Test
    void anObjectThatIsMissingFromTheStartIsTheManifestsError() {
        ServerErrorMessage error =
                manifest("{\"url\": \"s3://landing/wrong/resize mode.csv\", \"mandatory\": true}", "");
        assertThat(error.getMessage()).isEqualTo("Mandatory url is not present in manifest file.");
        assertThat(error.getDetail())
                .contains("\n  error:  Mandatory url is not present in manifest file.\n  code:      8001\n"
                        + "  context:   Manifest file location=s3://landing/wrong/the.manifest"
                        + " url=s3://landing/wrong/resize mode.csv\n");
    }

    @Test
    void anObjectThatGoesMeanwhileIsNamedInTheContextAlone() {
        cluster.server().faults().add("s3-404");
        ServerErrorMessage error =
                manifest("{\"url\": \"s3://landing/wrong/maintenance mode.csv\", \"mandatory\": true}", "");
        assertThat(error.getMessage())
                .startsWith("S3ServiceException:The specified key does not exist.,Status 404,Error NoSuchKey,Rid ")
                .endsWith(",CanRetry 1");
        assertThat(error.getDetail())
                .contains("\n  error:  " + error.getMessage() + "\n  code:      8001\n"
                        + "  context:   S3 key being read : s3://landing/wrong/maintenance mode.csv\n  query:     ")
                .contains("\n  location:  table_s3_scanner.cpp:354\n  process:   query0_30 [pid=17220]\n");
    }

    @Test
    void aBucketOfAnotherRegionIsRedirected() {
        assertThat(manifest("{\"url\": \"s3://landing/wrong/maintenance mode.csv\"}", " REGION 'us-east-1'")
                        .getMessage())
                .startsWith("Problem reading manifest file - " + ELSEWHERE);
        assertThat(error(Cluster.copy("wrong", "s3://landing/wrong/maintenance mode.csv", "CSV REGION 'us-east-1'"))
                        .getMessage())
                .startsWith(ELSEWHERE);
        cluster.server().faults().add("s3-301");
        assertThat(manifest("{\"url\": \"s3://landing/wrong/maintenance mode.csv\"}", "")
                        .getMessage())
                .startsWith(ELSEWHERE);
    }

    @Test
    void aColumnarFilesSizeStandsInItsEntry() {
        String url = "{\"url\": \"s3://landing/wrong/maintenance mode.csv\"";
        assertThat(columnar(url + "}").getDetail())
                .contains("error:  File entry does not have 'meta' key.\n  code:      15003");
        assertThat(columnar(url + ", \"meta\": {\"content_length\": 3}}").getDetail())
                .contains(
                        "error:  Spectrum Scan Error\n  code:      15001\n  context:   Error: HTTP response error code: 416");
    }

    private ServerErrorMessage columnar(String entry) {
        cluster.s3().put("wrong/the.manifest", "{\"entries\": [" + entry + "]}");
        return error(Cluster.copy("wrong", "s3://landing/wrong/the.manifest", "MANIFEST FORMAT AS PARQUET"));
    }

    private ServerErrorMessage manifest(String entry, String options) {
        cluster.s3().put("wrong/the.manifest", "{\"entries\": [" + entry + "]}");
        return error(Cluster.copy("wrong", "s3://landing/wrong/the.manifest", "MANIFEST CSV" + options));
    }

    private ServerErrorMessage error(String copy) {
        RedshiftException thrown = catchThrowableOfType(RedshiftException.class, () -> cluster.run(copy));
        assertThat(thrown.getSQLState()).isEqualTo("XX000");
        return Objects.requireNonNull(thrown.getServerErrorMessage());
    }
}
