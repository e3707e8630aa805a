package dev.caravan.pipeline.tabletoredshift.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Characters are those that Java's own decoder knows, without the 66 that Unicode has for no text. */
class Utf8Test {
    @Test
    void everyCharacterOfUnicodeIsOne() {
        for (int c = 0x80; c <= Character.MAX_CODE_POINT; c++) {
            boolean surrogate = c >= 0xD800 && c <= 0xDFFF;
            boolean never = (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
            if (!surrogate) {
                byte[] bytes = Character.toString(c).getBytes(StandardCharsets.UTF_8);
                assertThat(Utf8.length(bytes, 0, bytes.length)).as("U+%X", c).isEqualTo(never ? 0 : bytes.length);
            }
        }
    }

    @Test
    void whatJavaRefusesIsNone() {
        byte[] bytes = new byte[4];
        for (int first = 0x80; first <= 0xFF; first++) {
            for (int second = 0; second <= 0xFF; second += 0x10) {
                for (int third = 0; third <= 0xFF; third += 0x10) {
                    bytes[0] = (byte) first;
                    bytes[1] = (byte) second;
                    bytes[2] = (byte) third;
                    bytes[3] = (byte) 0x80;
                    int length = Utf8.length(bytes, 0, bytes.length);
                    if (length > 0) {
                        assertThat(isUtf8(bytes, length)).isTrue();
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"80", "C080", "C1BF", "E08080", "EDA080", "F08FBFBF", "F4908080", "F5808080", "FF", "C3", "E381"
            })
    void brokenOnesAreNone(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThat(Utf8.length(bytes, 0, bytes.length)).isZero();
    }

    private static boolean isUtf8(byte[] bytes, int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
