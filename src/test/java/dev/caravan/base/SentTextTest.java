package dev.caravan.base;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class SentTextTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Example
    void aReasonSaysSomethingAndFits() {
        assertThat(SentText.attribute(" \n", 100, "no reason was given")).isEqualTo("\\n");
        assertThat(SentText.attribute("  ", 100, "no reason was given")).isEqualTo("no reason was given");
        assertThat(SentText.attribute("イベント", 9, "-")).isEqualTo("イベ…");
    }

    @Property(tries = 300)
    void anAttributeIsTakenByAQueue(@ForAll("texts") String text, @ForAll @IntRange(min = 20, max = 300) int room) {
        String attribute = SentText.attribute(text, room, "none");
        assertThat(attribute).isNotEmpty().matches(Shown::isPlain);
        assertThat(SentText.bytes(attribute)).isLessThanOrEqualTo(room);
        assertThat(SentText.body(attribute)).isEqualTo(attribute);
    }

    @Property(tries = 300)
    void jsonSaysTheSame_inCharactersThatCanBeSentAndShown(@ForAll("texts") String text)
            throws JsonProcessingException {
        String raw = JSON.writeValueAsString(Map.of(text, text));
        assertThat(SentText.json(raw)).matches(Shown::isPlain);
        assertThat(JSON.readTree(SentText.json(raw))).isEqualTo(JSON.readTree(raw));
        assertThat(JSON.readTree(SentText.body(raw))).isEqualTo(JSON.readTree(raw));
    }

    @Property(tries = 300)
    void aSubjectIsShortAscii(@ForAll("texts") String text) {
        assertThat(SentText.subject("Caravan: " + text)).matches("[ -~]{9,99}");
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(HostileTexts.keys(), HostileTexts.texts(), Arbitraries.strings());
    }
}
