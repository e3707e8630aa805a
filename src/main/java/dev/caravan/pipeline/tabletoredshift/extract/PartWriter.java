package dev.caravan.pipeline.tabletoredshift.extract;

import dev.caravan.pipeline.tabletoredshift.extract.part.Codec;
import dev.caravan.pipeline.tabletoredshift.extract.part.PartSink;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cuts rows into parts. */
final class PartWriter {
    private final PartSink sink;
    private final Codec codec;
    private final long partBytes;
    private final List<Extracted.Part> complete = new ArrayList<>();
    private Optional<Open> open = Optional.empty();
    private long completeBytes;

    PartWriter(PartSink sink, ExtractSettings settings) {
        this.sink = sink;
        codec = settings.codec();
        partBytes = settings.partBytes();
    }

    void write(RowBuffer row) throws IOException {
        Open part = open.isPresent() ? open.get() : begin();
        row.writeTo(part.compressor);
        part.rows++;
        part.csvBytes += row.length();
        if (part.counter.bytes >= partBytes) {
            end(part);
        }
    }

    /** Of all parts so far. */
    long bytes() {
        return completeBytes + open.map(part -> part.counter.bytes).orElse(0L);
    }

    /** Ends the last part. */
    List<Extracted.Part> finish() throws IOException {
        if (open.isPresent()) {
            end(open.get());
        }
        return complete;
    }

    /** Nothing of the part that isn't complete is of use. */
    void abandon() {
        open.ifPresent(part -> part.part.abandon());
        open = Optional.empty();
    }

    private Open begin() throws IOException {
        PartSink.Part part = sink.open(complete.size() + 1);
        try {
            Open begun = new Open(part, codec);
            open = Optional.of(begun);
            return begun;
        } catch (IOException | RuntimeException e) {
            part.abandon();
            throw e;
        }
    }

    private void end(Open part) throws IOException {
        part.compressor.close();
        part.part.complete();
        open = Optional.empty();
        completeBytes += part.counter.bytes;
        complete.add(new Extracted.Part(complete.size() + 1, part.rows, part.csvBytes, part.counter.bytes));
    }

    private static final class Open {
        final PartSink.Part part;
        final Counter counter;
        final OutputStream compressor;
        long rows;
        long csvBytes;

        Open(PartSink.Part part, Codec codec) throws IOException {
            this.part = part;
            counter = new Counter(part.stream());
            compressor = codec.compress(counter);
        }
    }

    private static final class Counter extends FilterOutputStream {
        long bytes;

        Counter(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            bytes++;
        }

        @Override
        public void write(byte[] b, int off, int len) throws IOException {
            out.write(b, off, len);
            bytes += len;
        }
    }
}
