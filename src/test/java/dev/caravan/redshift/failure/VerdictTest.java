package dev.caravan.redshift.failure;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazon.redshift.util.RedshiftException;
import com.amazon.redshift.util.ServerErrorMessage;
import dev.caravan.redshift.failure.GoldenMessages.Golden;
import dev.caravan.sandbox.redshift.copy.s3.BoxedError;
import java.sql.SQLException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real clusters say has one meaning each, and nothing that a producer writes changes it. */
class VerdictTest {
    private static final String S3_GONE =
            "S3ServiceException:The specified key does not exist.,Status 404,Error NoSuchKey,Rid A,ExtRid B,CanRetry 1";

    static List<Golden> messages() {
        return GoldenMessages.all();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aRealMessageHasItsVerdict(Golden golden) {
        assertThat(CopyFailure.of(asTheDriverHasIt(golden)).kind()).isEqualTo(golden.kind());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void itHasTheSameInOneText(Golden golden) {
        String text = golden.message() + (golden.detail().isEmpty() ? "" : "\n  Detail: " + golden.detail());
        assertThat(CopyFailure.of(new SQLException("ERROR: " + text, golden.state()))
                        .kind())
                .isEqualTo(golden.kind());
    }

    private static SQLException asTheDriverHasIt(Golden golden) {
        if (golden.dataApi() || golden.state().isEmpty()) {
            return new SQLException(golden.message(), golden.state());
        }
        String detail = golden.detail().isEmpty() ? "" : "\0D" + golden.detail();
        return new RedshiftException(
                new ServerErrorMessage("SERROR\0C" + golden.state() + "\0M" + golden.message() + detail + "\0\0"));
    }

    /** Texts of rules, and pieces that end quotes, lines and boxes, in any order. */
    @Provide
    Arbitrary<String> hostile() {
        List<String> messages = GoldenMessages.all().stream()
                .map(golden -> golden.message() + golden.detail())
                .toList();
        Arbitrary<String> pieces = Arbitraries.of(
                "already loaded: web-1",
                "already loaded [0123456789abcdef] web-1",
                "readable [0123456789abcdef] 7",
                "maintenance mode",
                "ONLY read-only queries are allowed",
                "AccessDenied.csv",
                ",Status 503,Error SlowDown,Rid A,ExtRid B,CanRetry 1",
                "'",
                "\"",
                "\n",
                "\n  Detail: \n  -----------------------------------------------\n  error:  ",
                "\n  code:      1016\n  context:   ",
                "\n  query:     1\n  location:  a",
                "ERROR: ",
                "57P01",
                "/x.csv");
        return Arbitraries.oneOf(pieces, Arbitraries.of(messages))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(parts -> String.join(" ", parts));
    }

    @Property(tries = 400)
    void noKeyOrValueInAContextChangesAVerdict(@ForAll @From("hostile") String text) {
        assertThat(verdict(S3_GONE, 8001, "S3 key being read : s3://landing/web/" + text))
                .isEqualTo("a file of the batch is no longer in S3");
        assertThat(verdict("Invalid digit, Value 'r', Pos 0, Type: Integer ", 1207, text))
                .startsWith("the cluster can't make a value");
        assertThat(verdict("Value too long for character type", 8001, text))
                .startsWith("the cluster can't make a value");
        assertThat(verdict("Spectrum Scan Error", 15007, "File 'https://s3.eu-west-1.amazonaws.com/landing/" + text))
                .startsWith("the cluster can't read a file");
        assertThat(verdict("failed to inflate with zlib", 9001, "S3 key being read : s3://landing/web/" + text))
                .startsWith("the cluster can't decompress a file");
        assertThat(verdict("Disk Full", 1016, text)).isEqualTo("the cluster's disk is full");
    }

    @Property(tries = 400)
    void noneThatThePrimaryMessageQuotesDoes(@ForAll @From("hostile") String text) {
        assertThat(verdict("The specified S3 prefix '" + text + "' does not exist", 8001, ""))
                .startsWith("the manifest, or a file of the batch, is no longer in S3");
        assertThat(verdict(
                        "Load into table '" + text + "' failed.  Check 'stl_load_errors' system table for details.",
                        0,
                        ""))
                .isEqualTo("the cluster refused rows of the batch");
        assertThat(verdict(
                        "S3ServiceException:User: arn:aws:sts::123456789012:assumed-role/loader/x is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::landing/"
                                + text + "\",Status 403,Error AccessDenied,Rid A,ExtRid B,CanRetry 1",
                        8001,
                        "S3 key being read : s3://landing/" + text))
                .startsWith("the cluster may not read the files");
        assertThat(problem(new SQLException("ERROR: invalid input syntax for integer: \"" + text + "\"", "22P02")))
                .startsWith("the cluster can't make a value");
        assertThat(problem(new SQLException("ERROR: column \"" + text + "\" does not exist", "42703")))
                .isEqualTo("a column does not exist");
    }

    private static String verdict(String primary, int code, String context) {
        String detail = code == 0 ? "" : "\0D" + BoxedError.box(primary, code, context.replace("\0", ""));
        String byDriver = problem(new RedshiftException(
                new ServerErrorMessage("SERROR\0CXX000\0M" + primary.replace("\0", "") + detail + "\0\0")));
        String inOneText = problem(new SQLException(
                "ERROR: " + primary + (code == 0 ? "" : "\n  Detail: " + BoxedError.box(primary, code, context)),
                "XX000"));
        assertThat(inOneText).isEqualTo(byDriver);
        return byDriver;
    }

    /** Without the cluster's words. */
    private static String problem(SQLException thrown) {
        String problem = CopyFailure.of(thrown).problem();
        return problem.substring(0, problem.indexOf(": \""));
    }
}
