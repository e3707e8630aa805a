package dev.caravan.sandbox.redshift.copy.command;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import org.apache.commons.io.input.ReaderInputStream;

/**
 * ENCODING. "If you specify UTF16, then your data must have a byte order mark. If you know whether your UTF-16 data is little-endian or big-endian, you can
 * use UTF16LE or UTF16BE, regardless of the presence of a BOM." ("Data conversion parameters")
 */
public enum Encoding {
    UTF8,
    UTF16,
    UTF16LE,
    UTF16BE;

    private static final int BIG = 0xFEFF;
    private static final int LITTLE = 0xFFFE;

    /**
     * The file as UTF-8.
     *
     * @throws CharacterCodingException when it is of another encoding; so does the stream
     */
    public InputStream utf8(InputStream file) throws IOException {
        BufferedInputStream in = new BufferedInputStream(file);
        in.mark(2);
        int mark = in.read() << 8 | in.read();
        boolean marked = mark == BIG || mark == LITTLE;
        if (!marked) {
            in.reset();
        }
        if (this == UTF8 ? marked : this == UTF16 && !marked) {
            throw new MalformedInputException(2);
        }
        return switch (this) {
            case UTF8 -> in;
            case UTF16 -> from(mark == BIG ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE, in);
            case UTF16LE -> from(StandardCharsets.UTF_16LE, in);
            case UTF16BE -> from(StandardCharsets.UTF_16BE, in);
        };
    }

    private static InputStream from(Charset charset, InputStream in) throws IOException {
        return ReaderInputStream.builder()
                .setReader(new InputStreamReader(in, charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT)))
                .setCharset(StandardCharsets.UTF_8)
                .get();
    }
}
