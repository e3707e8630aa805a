package dev.caravan.redshift.failure;

import static dev.caravan.redshift.failure.CopyFailure.Kind.ALREADY_LOADED;
import static dev.caravan.redshift.failure.CopyFailure.Kind.AWAY;
import static dev.caravan.redshift.failure.CopyFailure.Kind.BAD_DATA;
import static dev.caravan.redshift.failure.CopyFailure.Kind.FATAL;
import static dev.caravan.redshift.failure.CopyFailure.Kind.PASSING;
import static dev.caravan.redshift.failure.CopyFailure.Kind.READABLE;
import static dev.caravan.redshift.failure.CopyFailure.Kind.UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazon.redshift.util.RedshiftException;
import com.amazon.redshift.util.ServerErrorMessage;
import dev.caravan.sandbox.redshift.copy.s3.BoxedError;
import java.net.ConnectException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class CopyFailureTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "AWAY | 57014 | Cannot execute query because system is in resize mode",
                "PASSING | 57014 | Query (12) cancelled on user's request",
                "AWAY | 57P01 | terminating connection due to administrator command",
                "AWAY | 57P03 | the database system is starting up",
                "PASSING | XX000 | 1023",
                "PASSING | XX000 | Serializable isolation violation on table - 12345",
                "PASSING | 40001 | could not serialize access",
                "UNREACHABLE | 08006 | An I/O error occurred while sending to the backend.",
                "UNREACHABLE | 08001 | Connection refused",
                "AWAY | 53100 | could not extend file",
                "AWAY | XX000 | Disk Full",
                "AWAY | 53300 | too many connections",
                "PASSING | XX000 | S3ServiceException:Please reduce your request rate.,Status 503,Error SlowDown",
                "PASSING | XX000 | S3CurlException: Connection timed out after 50000 ms, CurlError 28",
                "PASSING | XX000 | Problem reading manifest file - S3ServiceException:Slow down,Status 503,Error SlowDown",
                "BAD_DATA | XX000 | Problem reading manifest file - S3ServiceException:Not Found,Status 404,Error NoSuchKey",
                "FATAL | XX000 | Problem reading manifest file - S3ServiceException:The bucket is in this region: us-west-2.,Status 301,Error PermanentRedirect,Rid A,ExtRid B,CanRetry 1",
                "PASSING | 23505 | duplicate key value violates unique constraint \"pg_class_relname_nsp_index\"",
                "PASSING | XX000 | tuple concurrently updated",
                "BAD_DATA | XX000 | S3ServiceException:The specified key does not exist.,Status 404,Error NoSuchKey",
                "BAD_DATA | XX000 | Mandatory url is not present in manifest file.",
                "BAD_DATA | XX000 | Load into table 'web_log' failed.  Check 'stl_load_errors' system table for details.",
                "BAD_DATA | XX000 | Spectrum Scan Error error: Spectrum Scan Error code: 15007 context: File 'https://s3.eu-west-1.amazonaws.com/landing/a-key-so-long-that",
                "BAD_DATA | XX000 | Invalid AVRO file found. Unexpected end of AVRO file.",
                "BAD_DATA | XX000 | Cannot insert a NULL value into column id",
                "BAD_DATA | XX000 | Spectrum Scan Error error: Spectrum Scan Error code: 15001 context: Error: HTTP response error code: 403 Access Denied",
                "FATAL | 0A000 | SUPER column in COPY query requires SERIALIZETOJSON option",
                "FATAL | XX000 | Problem reading manifest file - S3ServiceException:Access Denied,Status 403,Error AccessDenied",
                "FATAL | XX000 | S3ServiceException:Access Denied,Status 403,Error AccessDenied",
                "FATAL | XX000 | S3ServiceException:The specified bucket does not exist,Status 404,Error NoSuchBucket",
                "AWAY | 28P01 | password authentication failed for user \"awsuser\"",
                "AWAY | 28000 | no pg_hba.conf entry",
                "FATAL | 42501 | permission denied for relation web_log",
                "FATAL | 42P01 | relation \"public.web_log\" does not exist",
                "FATAL | 42601 | syntax error at or near \"GZIPP\"",
                "FATAL | 42601 | syntax error in: SELECT CAST('already loaded: '+batch AS INT); COPY t FROM 's3://b/1023/k'",
                "FATAL | 3D000 | database \"dev\" does not exist",
                "FATAL | XX000 | something that nobody has heard of",
                "FATAL | `` | something without a state"
            })
    void eachFailureMeansOneThing(CopyFailure.Kind kind, String state, String message) {
        CopyFailure failure = CopyFailure.of(new RuntimeException(new SQLException("ERROR: " + message, state)));
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.sqlState()).isEqualTo(state);
        assertThat(failure.reason()).contains(message.replaceAll("\\s+", " "));
    }

    @Test
    void theGuardAndATrialAreKnownByWhatNobodyElseCanWrite() {
        assertThat(CopyFailure.of(box(
                                "Invalid digit, Value 'a', Pos 0, Type: Integer",
                                1207,
                                Mark.LOADED.text() + "web-01JD"))
                        .kind())
                .isEqualTo(ALREADY_LOADED);
        assertThat(CopyFailure.of(new SQLException(
                                "ERROR: invalid input syntax for integer: \"" + Mark.LOADED.text() + "web-01JD\"",
                                "22P02"))
                        .kind())
                .isEqualTo(ALREADY_LOADED);
        assertThat(CopyFailure.of(
                                box("Invalid digit, Value 'r', Pos 0, Type: Integer", 1207, Mark.READABLE.text() + "7"))
                        .kind())
                .isEqualTo(READABLE);
        assertThat(CopyFailure.of(
                                box("Invalid digit, Value 'a', Pos 0, Type: Integer", 1207, "already loaded: web-01JD"))
                        .kind())
                .isEqualTo(BAD_DATA);
        String statement = "SELECT CAST('" + Mark.LOADED.text() + "' || MAX(\"batch\") AS INT)";
        assertThat(CopyFailure.of(new SQLException("syntax error in: " + statement, "42601"))
                        .kind())
                .isEqualTo(FATAL);
    }

    @Test
    void theObjectThatTheClusterWasReadingIsNamed_andNoOther() {
        String key = "s3://landing/web/x S3 key being read : s3://landing/web/good.csv";
        assertThat(CopyFailure.of(box(
                                "S3ServiceException:The specified key does not exist.,Status 404,Error NoSuchKey,Rid A,ExtRid B,CanRetry 1",
                                8001,
                                "S3 key being read : " + key))
                        .reading())
                .contains(key);
        assertThat(CopyFailure.of(box(
                                "Spectrum Scan Error", 15007, "File 'S3 key being read : s3://landing/web/good.csv"))
                        .reading())
                .isEmpty();
    }

    private static SQLException box(String primary, int code, String context) {
        return new RedshiftException(new ServerErrorMessage(
                "SERROR\0CXX000\0M" + primary + "\0D" + BoxedError.box(primary, code, context) + "\0\0"));
    }

    @Test
    void theServersDetailIsLookedAtToo() {
        CopyFailure failure = CopyFailure.of(new RedshiftException(
                new ServerErrorMessage("SERROR\0C57014\0MQuery cancelled\0DONLY read-only queries are allowed\0\0")));
        assertThat(failure.kind()).isEqualTo(AWAY);
        assertThat(failure.reason()).contains("resized or maintained");
    }

    /** The last is what the stand-in says when both have looked before either has created. */
    @Test
    void whoCreatesATableAtTheSameTimeAsAnotherTriesAgain() {
        assertThat(Stream.of(
                                new SQLException("ERROR: relation \"web\" already exists", "42P07"),
                                new SQLException(
                                        "ERROR: duplicate key value violates unique constraint"
                                                + " \"pg_type_typname_nsp_index\"",
                                        "23505"),
                                new SQLException("ERROR: type \"public.web\" already exists", "42710"))
                        .map(CopyFailure::of)
                        .map(CopyFailure::kind))
                .containsOnly(PASSING);
        assertThat(CopyFailure.of(new SQLException("ERROR: role \"web\" already exists", "42710"))
                        .kind())
                .isNotEqualTo(PASSING);
    }

    @Test
    void aPoolsTimeoutHidesTheTruth() {
        var pool = new SQLTransientConnectionException(
                "redshift - Connection is not available, request timed out after 30000ms", "08001");
        assertThat(CopyFailure.of(pool).kind()).isEqualTo(UNREACHABLE);
        pool.initCause(new SQLException("password authentication failed", "28P01"));
        assertThat(CopyFailure.of(pool).kind()).isEqualTo(AWAY);
        assertThat(CopyFailure.of(pool).sqlState()).isEqualTo("28P01");
        var refused =
                new SQLTransientConnectionException("timed out", null, new ConnectException("Connection refused"));
        assertThat(CopyFailure.of(refused).kind()).isEqualTo(UNREACHABLE);
    }

    @Test
    void theNextExceptionCounts() {
        var batch = new SQLException("batch failed", "XX000");
        batch.setNextException(new SQLException(Mark.LOADED.text() + "web-01JD", "22P02"));
        assertThat(CopyFailure.of(batch).kind()).isEqualTo(ALREADY_LOADED);
    }

    @Test
    void aChainThatBitesItsTailEnds() {
        var a = new SQLException("a", "XX000");
        var b = new RuntimeException("b", a);
        a.initCause(b);
        assertThat(CopyFailure.of(b).kind()).isEqualTo(FATAL);
    }

    @Test
    void awsFailuresPassUnlessTheRequestWasWrong() {
        assertThat(CopyFailure.of(SdkClientException.create("Unable to execute HTTP request"))
                        .kind())
                .isEqualTo(PASSING);
        assertThat(CopyFailure.of(s3(503, "SlowDown")).kind()).isEqualTo(PASSING);
        assertThat(CopyFailure.of(s3(400, "ThrottlingException")).kind()).isEqualTo(PASSING);
        assertThat(CopyFailure.of(s3(403, "AccessDenied")).kind()).isEqualTo(FATAL);
        assertThat(CopyFailure.of(s3(404, "NoSuchBucket")).kind()).isEqualTo(FATAL);
    }

    @Test
    void whatIsNotTheDatabasesPassesUnlessItIsConfiguration() {
        assertThat(CopyFailure.of(new ConnectException("Connection refused")).kind())
                .isEqualTo(PASSING);
        assertThat(CopyFailure.of(new RuntimeException("?")).kind()).isEqualTo(PASSING);
        assertThat(CopyFailure.of(new RuntimeException((String) null)).reason()).contains("RuntimeException");
        assertThat(CopyFailure.of(new IllegalArgumentException("feed 'web' has no iamRole"))
                        .kind())
                .isEqualTo(FATAL);
        var handshake = new SSLHandshakeException("PKIX");
        var tls = new SQLException("SSL error", "08006", handshake);
        assertThat(CopyFailure.of(tls).kind()).isEqualTo(UNREACHABLE);
        handshake.initCause(new CertificateException("No name matching"));
        assertThat(CopyFailure.of(tls).kind()).isEqualTo(FATAL);
    }

    @Test
    void theReasonHasNoSecretAndABound() {
        String statement =
                "syntax error in: COPY t FROM 's3://b/k' ACCESS_KEY_ID 'AKIAIOSFODNN7EXAMPLE' SECRET_ACCESS_KEY 'Tops3cret' "
                        + "x".repeat(10_000);
        CopyFailure failure = CopyFailure.of(new SQLException(statement, "42601"));
        assertThat(failure.kind()).isEqualTo(FATAL);
        assertThat(failure.reason())
                .doesNotContain("Tops3cret", "AKIA")
                .contains("s3://b/k")
                .hasSizeLessThan(2_500);
        assertThat(CopyFailure.of(new SQLException("bad row", "XX000")).kind()).isNotEqualTo(BAD_DATA);
    }

    private static Throwable s3(int status, String code) {
        return S3Exception.builder()
                .statusCode(status)
                .message(code)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(code)
                        .build())
                .build();
    }
}
