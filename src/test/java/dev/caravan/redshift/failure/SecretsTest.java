package dev.caravan.redshift.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.redshift.copy.SqlText;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ACCESS_KEY_ID '%s'",
                "secret_access_key AS '%s'",
                "SESSION_TOKEN'%s'",
                "MASTER_SYMMETRIC_KEY 'a''%s'",
                "MASTER_SYMMETRIC_KEY 'a\\'%s'",
                "SECRET_ACCESS_KEY '%s",
                "CREDENTIALS 'aws_access_key_id=%s;aws_secret_access_key=%s;token=%s'",
                "CREDENTIALS 'aws_iam_role=arn:aws:iam::1:role/r;master_symmetric_key=%s'",
                "jdbc:redshift://host:5439/dev?user=me&password=%s&ssl=true",
                "password: \"%s\"",
                "{password=%s, user=me}",
                "postgres://me:%s@host/dev",
                "PWD = '%s'"
            })
    void noSecretIsLeft(String template) {
        assertThat(Secrets.scrub("before " + template.replace("%s", "Tops3cret/+=") + " after"))
                .doesNotContain("Tops3cret")
                .startsWith("before ")
                .contains("***");
    }

    @Test
    void aKeyOfEncryptedFilesIsGoneWhereverItStands() {
        String key = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
        assertThat(Secrets.scrub("syntax error at or near \"" + key + "\""))
                .isEqualTo("syntax error at or near \"***\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FATAL: password authentication failed for user \"awsuser\"",
                "COPY t FROM 's3://b/k' IAM_ROLE 'arn:aws:iam::123456789012:role/loader' MANIFEST",
                "syntax error at or near \"token\"",
                "unexpected token 'GZIPP'",
                "s3://bucket/a:b/c@d"
            })
    void otherWordsStay(String text) {
        assertThat(Secrets.scrub(text)).isEqualTo(text);
    }

    @Property(tries = 300)
    void aQuotedSecretIsGoneWhateverItIs(
            @ForAll String before,
            @ForAll @AlphaChars @StringLength(min = 12, max = 40) String secret,
            @ForAll String after) {
        String statement = before + " SECRET_ACCESS_KEY " + SqlText.literal(secret + after.replace("\0", "")) + " GZIP";
        assertThat(Secrets.scrub(statement)).doesNotContain(secret);
    }
}
