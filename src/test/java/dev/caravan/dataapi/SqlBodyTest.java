package dev.caravan.dataapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SqlBodyTest {

    @Test
    void aBodyIsSplitWhereItsStatementsEnd() throws Exception {
        assertThat(SqlBody.statements("LOCK t;\nSELECT 1 ; COPY t FROM 's3://b/k' ;"))
                .containsExactly("LOCK t", "SELECT 1", "COPY t FROM 's3://b/k'");
    }

    @Test
    void semicolonsWithinTextsNamesAndCommentsEndNothing() throws Exception {
        String one = "SELECT 'a;''b;\\\\', \"c;\"\"d\", $$e;$$, $x$f;$$;$x$ -- g;\n FROM t /* h; */";
        assertThat(SqlBody.statements(one + ";SELECT 2")).containsExactly(one, "SELECT 2");
    }

    @Test
    void commentsAloneAreNoStatement() throws Exception {
        assertThat(SqlBody.statements(" -- nothing\n;; /* here */ ;SELECT 1; -- either"))
                .containsExactly("SELECT 1");
    }

    @Test
    void whatIsNotClosedIsRefused_lestItSwallowsTheRest() {
        assertThatThrownBy(() -> SqlBody.statements("SELECT 'a; SELECT 2"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("what begins with ' is not closed");
    }

    @Test
    void questionMarksBecomeTexts_exceptWithinTexts() throws Exception {
        assertThat(SqlBody.bound("SELECT '?' WHERE a = ? AND b = ?", Map.of(1, "it's", 2, "\\?")))
                .isEqualTo("SELECT '?' WHERE a = 'it''s' AND b = '\\\\?'");
        assertThatThrownBy(() -> SqlBody.bound("SELECT ?", Map.of())).hasMessageContaining("parameter 1 is not set");
    }
}
