package dev.caravan.redshift.evolution;

import dev.caravan.base.Quantity;
import dev.caravan.batch.FileEntry;
import dev.caravan.redshift.evolution.FileReading.Read;
import dev.caravan.redshift.target.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Reads the fields of a batch's files from S3, some side by side: of JSON all objects, up to a budget for the batch; of Avro the header; of Parquet the
 * footer. What is found depends on the files alone, not on which of them was read sooner. A file that is gone, can't be read or exceeds one of the
 * {@link Limits} is left out: COPY will say what is wrong with it. S3's other failures are the SDK's exceptions.
 */
public final class FieldReader {
    private final S3Client s3;
    private final Target target;
    private final FileFields reader;
    private final List<String> unread = new ArrayList<>();
    private final Duration perFile;
    private final Duration perBatch;
    private final Fields all = new Fields(Limits.MOST_NAMES_OF_BATCH);
    private Fields widest = new Fields();
    private String obstacle = "";
    private Optional<S3Exception> forbidden = Optional.empty();
    private int refused;
    private long budget;

    /** @param s3 stays open */
    public FieldReader(S3Client s3, Target target) {
        this(s3, target, Limits.JSON_BUDGET, Limits.PER_FILE, Limits.PER_BATCH);
    }

    FieldReader(S3Client s3, Target target, long budget, Duration perFile, Duration perBatch) {
        this.s3 = s3;
        this.target = target;
        this.budget = budget;
        this.perFile = perFile;
        this.perBatch = perBatch;
        reader = new FileFields(target);
    }

    /**
     * The fields of all these files. Of one batch only.
     *
     * @throws S3Exception also if S3 lets none of them be read: then the permission is missing, or they have one producer
     */
    public BatchFields read(List<FileEntry> files) {
        Deadline batch = new Deadline(perBatch);
        try (SideBySide threads = new SideBySide(Limits.FILES_AT_ONCE)) {
            for (int i = 0; i < files.size() && !isOver(batch, files.get(i)); i += Limits.FILES_AT_ONCE) {
                List<FileEntry> some = files.subList(i, Math.min(i + Limits.FILES_AT_ONCE, files.size()));
                List<Read> found = threads.all(readings(some, files.size() - i));
                for (int f = 0; f < some.size(); f++) {
                    see(found.get(f), some.get(f));
                }
            }
        }
        if (forbidden.isPresent() && refused == files.size()) {
            throw forbidden.get();
        }
        return new BatchFields(target.format().kind().isColumnar() ? widest : all, obstacle, unread);
    }

    private boolean isOver(Deadline batch, FileEntry next) {
        if (batch.isOver()) {
            unread.add(next.url() + " and all behind it: the batch's files take longer to read than "
                    + Quantity.inWords(perBatch));
        }
        return batch.isOver();
    }

    /** Each file gets a fair share of the budget; what a small one doesn't want of its share is the others'. */
    private List<FileReading> readings(List<FileEntry> files, int filesLeft) {
        FileReading[] readings = new FileReading[files.size()];
        List<Integer> smallestFirst = IntStream.range(0, files.size())
                .boxed()
                .sorted(Comparator.comparing(i -> files.get(i).size()))
                .toList();
        long free = budget;
        int sharing = filesLeft;
        for (int i : smallestFirst) {
            FileEntry file = files.get(i);
            long share = Math.min(reader.mostBytes(file.size()), free / sharing);
            free -= share;
            sharing--;
            readings[i] = new FileReading(s3, reader, file, share, perFile);
        }
        return List.of(readings);
    }

    private void see(Read read, FileEntry file) {
        budget -= read.bytes();
        unread.addAll(read.unread());
        if (read.forbidden().isPresent()) {
            forbidden = read.forbidden();
            refused++;
        }
        read.fields().ifPresent(fields -> see(fields, file));
    }

    private void see(Fields fields, FileEntry file) {
        if (!target.format().kind().isColumnar()) {
            try {
                all.seeAll(fields);
            } catch (LimitExceeded e) {
                unread.add(FileReading.unread(file, e));
            }
        } else if (obstacle.isEmpty()) {
            obstacle = Columnar.differ(widest, fields, file.url());
            widest = fields.names().size() > widest.names().size() ? fields : widest;
        }
    }
}
