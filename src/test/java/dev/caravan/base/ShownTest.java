package dev.caravan.base;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ShownTest {

    @Example
    void whatATerminalObeysIsVisible() {
        assertThat(Shown.line(
                        "\u001b]0;title\u0007 \u009b31m \u007f \r\n\t \u202egnp \u2066x\u2069 \u200b \ufeff \u2028"))
                .isEqualTo(
                        "\\u001b]0;title\\u0007 \\u009b31m \\u007f \\r\\n\\t \\u202egnp \\u2066x\\u2069 \\u200b \\ufeff \\u2028");
    }

    @Example
    void whatNobodySeesIsVisible() {
        assertThat(Shown.line("a\u00adb\u3164c\ue000d\uffffe\ud800f\udc00"))
                .isEqualTo("a\\u00adb\\u3164c\\ue000d\\uffffe\\ud800f\\udc00");
        assertThat(Shown.line(new StringBuilder("x").appendCodePoint(0xE0041).toString()))
                .isEqualTo("x\\udb40\\udc41");
    }

    @Example
    void wordsOfAnyLanguageStay() {
        for (String word : new String[] {
            "web/2026/01/イベント　一覧.csv",
            "Größe",
            "e\u0301",
            "العربية",
            "हिन्दी",
            "한국어",
            "👩‍👩‍👧‍👦 ❤️ 🏳️‍🌈 👍🏽",
            "a\u00a0b",
            "C:\\new\\u"
        }) {
            assertThat(Shown.line(word)).isEqualTo(word);
        }
    }

    @Example
    void joinersOutsideOfEmojiAreVisible() {
        assertThat(Shown.line("pay\u200dload")).isEqualTo("pay\\u200dload");
    }

    @Property
    void aLineIsOneLine_andDoneTwiceTheSame(@ForAll String text) {
        String line = Shown.line(text);
        assertThat(line.codePoints())
                .noneMatch(Character::isISOControl)
                .noneMatch(c -> c != 0x200D && Shown.isHidden(c));
        assertThat(line.lines().count()).isLessThanOrEqualTo(1);
        assertThat(Shown.line(line)).isEqualTo(line);
    }

    @Property
    void linesAreAsManyAsBefore(@ForAll String text) {
        assertThat(Shown.lines(text).lines().map(Shown::line))
                .containsExactlyElementsOf(text.lines().map(Shown::line).toList());
    }
}
