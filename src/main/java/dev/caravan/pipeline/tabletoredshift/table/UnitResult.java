package dev.caravan.pipeline.tabletoredshift.table;

import dev.caravan.ledger.runs.Unit;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.work.run.RunText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What has come of a unit: of each of its tables. What the ledger has of a unit of one table is that table's result.
 *
 * @param error why nothing of it is loaded, for people; empty if it is to be
 */
public record UnitResult(String error, List<OfTable> tables) {
    /** An item of DynamoDB has 400 KB, and in it are the unit's tables, too. */
    private static final int LONGEST = 300_000;

    public UnitResult {
        tables = List.copyOf(tables);
    }

    /** What has come of one of its tables. */
    public record OfTable(TableId table, TableResult result) {}

    /** What is loaded as a batch, and of which of the source's tables it is. */
    public record Loading(TableId table, TableResult.Load load) {}

    /** Of a unit that is done. */
    public static UnitResult of(Unit unit) {
        UnitPlan plan = UnitPlan.of(unit.plan());
        if (plan.together().isEmpty()) {
            TableResult result = TableResult.of(unit.result());
            return new UnitResult(
                    result.error(), List.of(new OfTable(plan.tables().get(0), result)));
        }
        UnitResult result = RunText.read(Packed.open(unit.result()), UnitResult.class);
        return result.error().isEmpty() ? result : all(plan, result.error());
    }

    /** Nothing of its tables is loaded. */
    public static UnitResult failed(UnitPlan plan, String reason) {
        return all(plan, plan.fault(reason));
    }

    private static UnitResult all(UnitPlan plan, String error) {
        return new UnitResult(
                error,
                plan.tables().stream()
                        .map(table -> new OfTable(table, TableResult.failed(error)))
                        .toList());
    }

    /** As the ledger has it. */
    public String text(UnitPlan plan) {
        if (plan.together().isEmpty()) {
            return tables.get(0).result().text();
        }
        String text = whole();
        return !error.isEmpty() || text.length() <= LONGEST
                ? text
                : failed(
                                plan,
                                plan.inWords()
                                        + " have more parts and columns than the ledger can note of tables that are"
                                        + " read together. Make several syncs of them")
                        .text(plan);
    }

    private String whole() {
        return error.isEmpty() ? Packed.of(RunText.write(this)) : RunText.write(new UnitResult(error, List.of()));
    }

    /**
     * As the ledger is to have it once its loads have ended.
     *
     * @param deleted how many rows each of the {@link #loads} has deleted by keys; null for one that has deleted none so
     */
    public String loaded(UnitPlan plan, List<@Nullable Long> deleted) {
        List<OfTable> counted = new ArrayList<>();
        int next = 0;
        for (OfTable one : tables) {
            int end = next + one.result().loads().size();
            OptionalLong most = deleted.subList(next, end).stream()
                    .filter(Objects::nonNull)
                    .mapToLong(Long::longValue)
                    .max();
            counted.add(most.isPresent() ? new OfTable(one.table(), one.result().deleting(most.getAsLong())) : one);
            next = end;
        }
        UnitResult result = new UnitResult(error, counted);
        return plan.together().isEmpty() ? counted.get(0).result().text() : result.whole();
    }

    /** In the order of their numbers. */
    public List<Loading> loads() {
        return tables.stream()
                .flatMap(one -> one.result().loads().stream().map(load -> new Loading(one.table(), load)))
                .toList();
    }

    public long rows() {
        return tables.stream().mapToLong(one -> one.result().rows()).sum();
    }

    public long bytes() {
        return tables.stream().mapToLong(one -> one.result().bytes()).sum();
    }

    /** A long text in less room; a short one stays as people can read it. */
    private static final class Packed {
        private static final int LONG = 50_000;
        private static final String GZIP = "gzip:";

        private Packed() {}

        static String of(String text) {
            if (text.length() <= LONG) {
                return text;
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
                gzip.write(text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return GZIP + Base64.getEncoder().encodeToString(bytes.toByteArray());
        }

        static String open(String packed) {
            if (!packed.startsWith(GZIP)) {
                return packed;
            }
            byte[] bytes = Base64.getDecoder().decode(packed.substring(GZIP.length()));
            try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
