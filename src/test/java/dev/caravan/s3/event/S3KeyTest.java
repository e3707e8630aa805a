package dev.caravan.s3.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3KeyTest {
    /** Java's form encoding is S3's, but for characters that S3 leaves as they are; both must decode. */
    @Property
    void everyKeyComesBack(@ForAll @StringLength(min = 1, max = 50) String text) throws Exception {
        String key = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        assertThat(S3Key.decode(URLEncoder.encode(key, StandardCharsets.UTF_8))).isEqualTo(key);
        assertThat(S3Key.decode(key.replace("%", "%25").replace("+", "%2B"))).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({
        "a+b,a b",
        "a%20b,a b",
        "a%2Bb,a+b",
        "a%2bb,a+b",
        "100%25,100%",
        "%25%32%35,%25",
        "dt%3D2026-01-31/x.csv,dt=2026-01-31/x.csv",
        "%C3%BC/%F0%9F%90%AA,ü/🐪",
        "a/b//c.gz,a/b//c.gz"
    })
    void keysAreDecodedAsS3EncodesThem(String encoded, String key) throws Exception {
        assertThat(S3Key.decode(encoded)).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%", "a%2", "%zz", "%+1", "%-1", "%C3", "%FF", "%C0%AF", "%ED%A0%80", "\ud800x", "%２０"})
    void malformedEscapesAndBytesThatAreNotUtf8AreUnreadable(String encoded) {
        assertThatThrownBy(() -> S3Key.decode(encoded))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageContaining("the object's key");
    }
}
