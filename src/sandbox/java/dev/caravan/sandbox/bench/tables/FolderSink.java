package dev.caravan.sandbox.bench.tables;

import dev.caravan.pipeline.tabletoredshift.extract.part.PartSink;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Parts as files of a folder. */
record FolderSink(Path folder) implements PartSink {
    @Override
    public Part open(int number) throws IOException {
        OutputStream file = new BufferedOutputStream(Files.newOutputStream(folder.resolve("part-" + number)), 1 << 16);
        return new Part() {
            @Override
            public OutputStream stream() {
                return file;
            }

            @Override
            public void complete() throws IOException {
                file.close();
            }

            @Override
            public void abandon() {
                throw new IllegalStateException("a part is abandoned");
            }
        };
    }
}
