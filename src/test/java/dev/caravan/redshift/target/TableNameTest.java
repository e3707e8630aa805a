package dev.caravan.redshift.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableNameTest {
    @Test
    void unquotedPartsAreFoldedAndQuotedOnesKeepTheirCase() {
        assertThat(parts("Public.Web_Log")).containsExactly("public", "web_log");
        assertThat(parts("\"Public\".Web$1")).containsExactly("Public", "web$1");
        assertThat(parts("orders")).containsExactly("orders");
    }

    @Test
    void aQuotedPartMayHoldAnything() {
        assertThat(parts("\"a.b\".\"c \"\"d\"\"; --\"")).containsExactly("a.b", "c \"d\"; --");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a.",
                ".a",
                "a.b.c",
                "1a",
                "a b",
                "a-b",
                "\"a",
                "a\"",
                "\"\"",
                "\"a\"b\"",
                "a;b",
                "a.\"b\nc\"",
                "a'b"
            })
    void otherTextsAreNoNames(String text) {
        assertThat(TableName.of(text)).isEmpty();
    }

    @Test
    void aPartHasAtMost127Bytes() {
        assertThat(TableName.of("a." + "x".repeat(127))).isPresent();
        assertThat(TableName.of("a." + "x".repeat(128))).isEmpty();
        assertThat(TableName.of("ü".repeat(64))).isEmpty();
    }

    private static List<String> parts(String text) {
        return TableName.of(text).orElseThrow().parts();
    }
}
