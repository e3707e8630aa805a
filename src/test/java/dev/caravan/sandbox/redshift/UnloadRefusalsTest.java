package dev.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What UNLOAD doesn't take. */
@ExtendWith(Cluster.Extension.class)
class UnloadRefusalsTest {
    private static final String TO = TestS3.url("refused/");

    private final Cluster cluster;

    UnloadRefusalsTest(Cluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void table() throws SQLException {
        cluster.run("DROP TABLE IF EXISTS refused; CREATE TABLE refused (id INT, f FLOAT8)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "SELECT * FROM refused LIMIT 1; 0A000; Limit clause is not supported",
                "(SELECT * FROM refused LIMIT 1); 0A000; Limit clause is not supported",
                "WITH a AS (SELECT 1) SELECT * FROM a LIMIT 1; 0A000; Limit clause is not supported",
                "INSERT INTO refused VALUES (1); 42601; syntax error at or near \"INSERT\"",
                "DELETE FROM refused; 42601; syntax error at or near \"DELETE\"",
                "SELECT * FROM nowhere; 42P01; relation \"nowhere\" does not exist",
                "SELECT nothing FROM refused; 42703; column \"nothing\" does not exist",
                "SELECT now() FROM refused; 0A000; not supported on Redshift tables",
                "SELECT '00:00'::interval; 0A000; cast it"
            })
    void suchQueriesAreRefused(String query, String state, String message) {
        refused("UNLOAD ($q$" + query + "$q$) TO '" + TO + "'" + Cluster.ROLE, state, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "PARQUET DELIMITER ','; 0A000; DELIMITER argument is not supported for PARQUET based UNLOAD",
                "PARQUET HEADER; 0A000; HEADER argument",
                "FORMAT PARQUET NULL AS 'x'; 0A000; NULL argument",
                "PARQUET GZIP; 0A000; GZIP argument",
                "JSON HEADER; 0A000; HEADER argument is not supported for JSON based UNLOAD",
                "CSV ESCAPE; 0A000; ESCAPE argument is not supported for CSV based UNLOAD",
                "CSV ADDQUOTES; 0A000; ADDQUOTES argument",
                "CSV FIXEDWIDTH 'id:3'; 0A000; FIXEDWIDTH argument",
                "FIXEDWIDTH 'id:3'; 0A000; FIXEDWIDTH is not supported by the sandbox",
                "ROWGROUPSIZE 64 MB; 0A000; ROWGROUPSIZE argument",
                "PARQUET ROWGROUPSIZE 16 MB; 22023; between 32 MB and 128 MB",
                "CLEANPATH ALLOWOVERWRITE; 42601; ALLOWOVERWRITE and CLEANPATH can't be specified together",
                "CSV JSON; 42601; conflicting or redundant options",
                "GZIP ZSTD; 42601; conflicting or redundant options",
                "MAXFILESIZE 4 MB; 22023; MAXFILESIZE 4 is out of range",
                "MAXFILESIZE 7 GB; 22023; between 5 MB and 6.2 GB",
                "DELIMITER 'ab'; 42601; single ASCII character",
                "ENCRYPTED; 42601; ENCRYPTED needs AUTO or KMS_KEY_ID",
                "KMS_KEY_ID 'k'; 42601; KMS_KEY_ID needs ENCRYPTED",
                "ENCRYPTED MASTER_SYMMETRIC_KEY 'k'; 0A000; has ended",
                "LZOP; 42601; syntax error at or near \"LZOP\"",
                "PARTITION BY ('id'); 42601; syntax error at or near \"id\"",
                "PARTITION BY (nothing); 42703; Partition column \"nothing\" is not in the query's result",
                "PARTITION BY (f); 0A000; Column \"f\" of type double precision can't be a partition column",
                "REGION 'us-west-2'; XX000; Status 301",
                "CREDENTIALS 'aws_iam_role=a'; 42601; can't be specified together"
            })
    void suchOptionsAreRefused(String options, String state, String message) {
        refused("UNLOAD ('SELECT id, f FROM refused') TO '" + TO + "'" + Cluster.ROLE + options, state, message);
    }

    @Test
    void accessIsCheckedAsThatOfCopy() {
        String unload = "UNLOAD ('SELECT 1') TO '" + TO + "' ";
        refused(unload, "42601", "UNLOAD requires credentials");
        refused(unload + "ACCESS_KEY_ID 'nobody' SECRET_ACCESS_KEY 'x'", "XX000", "InvalidAccessKeyId");
        refused(
                unload + "CREDENTIALS 'aws_access_key_id=sandbox;aws_secret_access_key=x'",
                "XX000",
                "SignatureDoesNotMatch");
    }

    @Test
    void theDestinationMustBeABucketThatIsThere() {
        refused("UNLOAD ('SELECT 1') TO 's3://no-such-bucket/a'" + Cluster.ROLE, "XX000", "NoSuchBucket");
        refused("UNLOAD ('SELECT 1') TO '/tmp/a'" + Cluster.ROLE, "0A000", "only S3 based unload is allowed");
    }

    @Test
    void everyColumnCantBeAPartition() {
        refused(
                "UNLOAD ('SELECT id FROM refused') TO '" + TO + "'" + Cluster.ROLE + "PARTITION BY (id)",
                "0A000",
                "At least one column must not be a partition column");
    }

    @Test
    void aTableThatMayNotBeReadIsTold() throws SQLException {
        cluster.run("DROP ROLE IF EXISTS reader; CREATE ROLE reader");
        try (Connection connection = cluster.open()) {
            Cluster.run(connection, "SET ROLE reader");
            assertThatThrownBy(() ->
                            Cluster.run(connection, "UNLOAD ('SELECT * FROM refused') TO '" + TO + "'" + Cluster.ROLE))
                    .hasMessageContaining("permission denied for relation refused")
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
            Cluster.run(connection, "UNLOAD ('SELECT 1') TO '" + TO + "r'" + Cluster.ROLE + "ALLOWOVERWRITE");
        }
    }

    private void refused(String sql, String state, String message) {
        assertThatThrownBy(() -> cluster.run(sql))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state))
                .hasMessageContaining(message);
    }
}
