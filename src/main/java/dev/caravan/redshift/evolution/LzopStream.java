package dev.caravan.redshift.evolution;

import dev.caravan.base.Quantity;
import io.airlift.compress.MalformedInputException;
import io.airlift.compress.lzo.LzoDecompressor;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * What lzop compressed. The library's own stream takes as much memory as a block's header claims; this one checks that first. Checksums aren't
 * compared: COPY does that.
 */
final class LzopStream extends InputStream {
    private static final byte[] MAGIC = {(byte) 0x89, 'L', 'Z', 'O', 0, '\r', '\n', 0x1a, '\n'};

    /** Versions, method and level. */
    private static final int BEFORE_FLAGS = 8;

    /** Mode and times. */
    private static final int BEHIND_FLAGS = 12;

    private static final int ADLER_PLAIN = 0x1;
    private static final int ADLER_COMPRESSED = 0x2;
    private static final int EXTRA_FIELD = 0x40;
    private static final int CRC_PLAIN = 0x100;
    private static final int CRC_COMPRESSED = 0x200;
    private static final int FILTER = 0x800;

    private final LzoDecompressor decompressor = new LzoDecompressor();
    private final DataInputStream in;
    private final int flags;
    private byte[] block = new byte[0];
    private int next;
    private boolean ended;

    LzopStream(InputStream compressed) throws IOException {
        in = new DataInputStream(compressed);
        byte[] magic = new byte[MAGIC.length];
        in.readFully(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new IOException("it is no LZOP file");
        }
        in.readFully(new byte[BEFORE_FLAGS]);
        flags = in.readInt();
        if (has(EXTRA_FIELD) || has(FILTER)) {
            throw new IOException("its LZOP header has parts that are not known here");
        }
        in.readFully(new byte[BEHIND_FLAGS]);
        in.readFully(new byte[in.readUnsignedByte()]);
        in.readInt();
    }

    @Override
    public int read() throws IOException {
        return isAtEnd() ? -1 : block[next++] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (isAtEnd()) {
            return -1;
        }
        int read = Math.min(length, block.length - next);
        System.arraycopy(block, next, bytes, from, read);
        next += read;
        return read;
    }

    private boolean isAtEnd() throws IOException {
        if (next == block.length && !ended) {
            next = 0;
            block = readBlock();
            ended = block.length == 0;
        }
        return ended;
    }

    private byte[] readBlock() throws IOException {
        int plain = in.readInt();
        if (plain == 0) {
            return new byte[0];
        }
        int compressed = in.readInt();
        if (plain < 0 || plain > Limits.LARGEST_BLOCK || compressed < 0 || compressed > plain) {
            throw new LimitExceeded("a block of it claims " + Quantity.count(compressed, "byte") + ", and " + plain
                    + " once decompressed: no more than " + Limits.LARGEST_BLOCK + " are read");
        }
        skipChecksum(ADLER_PLAIN);
        skipChecksum(CRC_PLAIN);
        byte[] content = new byte[compressed];
        if (compressed == plain) {
            in.readFully(content);
            return content;
        }
        skipChecksum(ADLER_COMPRESSED);
        skipChecksum(CRC_COMPRESSED);
        in.readFully(content);
        byte[] decompressed = new byte[plain];
        try {
            int length = decompressor.decompress(content, 0, compressed, decompressed, 0, plain);
            if (length != plain) {
                throw new IOException("a block of it has " + Quantity.count(length, "byte") + " and claims " + plain);
            }
        } catch (MalformedInputException e) {
            throw new IOException("it can't be decompressed: " + e.getMessage(), e);
        }
        return decompressed;
    }

    private void skipChecksum(int flag) throws IOException {
        if (has(flag)) {
            in.readInt();
        }
    }

    private boolean has(int flag) {
        return (flags & flag) != 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
