package dev.caravan.pipeline.tabletoredshift.extract.part;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** How parts are compressed, named as COPY names it. */
public enum Codec {
    ZSTD {
        @Override
        public OutputStream compress(OutputStream to) throws IOException {
            return new ZstdOutputStream(to, 1);
        }
    },
    GZIP {
        @Override
        public OutputStream compress(OutputStream to) throws IOException {
            return new BufferedOutputStream(
                    new GZIPOutputStream(to, BUFFER) {
                        {
                            def.setLevel(Deflater.BEST_SPEED);
                        }
                    },
                    BUFFER);
        }
    };

    private static final int BUFFER = 64 * 1024;

    public abstract OutputStream compress(OutputStream to) throws IOException;
}
