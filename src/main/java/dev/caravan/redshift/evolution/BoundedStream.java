package dev.caravan.redshift.evolution;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** No more than so many bytes, and none after the deadline: whoever wants more is stopped by {@link LimitExceeded}. */
final class BoundedStream extends FilterInputStream {
    private final long most;
    private final String tooMuch;
    private final Deadline deadline;
    private long count;

    /** @param tooMuch what it means that there is more */
    BoundedStream(InputStream in, long most, String tooMuch, Deadline deadline) {
        super(in);
        this.most = most;
        this.tooMuch = tooMuch;
        this.deadline = deadline;
    }

    @Override
    public int read() throws IOException {
        deadline.check();
        int next = super.read();
        counted(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        deadline.check();
        int read = super.read(bytes, from, length);
        counted(Math.max(0, read));
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        deadline.check();
        long skipped = super.skip(bytes);
        counted(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void counted(long more) {
        count += more;
        if (count > most) {
            throw new LimitExceeded(tooMuch);
        }
    }
}
