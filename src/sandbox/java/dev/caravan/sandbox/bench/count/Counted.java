package dev.caravan.sandbox.bench.count;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the emulators were asked in an interval. */
public record Counted(List<Calls> all) {
    private static final Pattern READS = Pattern.compile("(Get|BatchGet|TransactGet|Query|Scan).*");

    public Counted {
        all = List.copyOf(all);
    }

    public long calls(String service) {
        return (long) sum(of(service), Calls::calls);
    }

    public long calls(String service, String operation) {
        return (long) sum(of(service).filter(call -> call.operation().equals(operation)), Calls::calls);
    }

    public long refused(String service) {
        return (long) sum(of(service), Calls::refused);
    }

    /** What SQS or SNS bill. */
    public long requests(String service) {
        return (long) sum(of(service), Calls::requests);
    }

    public double writeUnits() {
        return sum(of("dynamodb").filter(Predicate.not(Counted::reads)), Calls::units);
    }

    public double readUnits() {
        return sum(of("dynamodb").filter(Counted::reads), Calls::units);
    }

    /** S3's GET and the like; the others are priced as PUT. */
    long s3Reads() {
        return (long) sum(of("s3").filter(call -> call.operation().matches("(Get|Head).*")), Calls::calls);
    }

    /** By operation, the most frequent first. */
    public List<Calls> byOperation(String service) {
        Map<String, Calls> operations = of(service)
                .map(call -> new Calls(
                        service,
                        call.operation(),
                        call.operation(),
                        call.calls(),
                        call.refused(),
                        call.units(),
                        call.requests()))
                .collect(Collectors.toMap(Calls::operation, call -> call, Calls::plus, TreeMap::new));
        return operations.values().stream()
                .sorted(Comparator.comparingLong(Calls::calls).reversed())
                .toList();
    }

    /** By operation and step, the most frequent first. */
    public List<Calls> bySteps() {
        return all.stream()
                .sorted(Comparator.comparingLong(Calls::calls).reversed())
                .toList();
    }

    private Stream<Calls> of(String service) {
        return all.stream().filter(call -> call.service().equals(service));
    }

    private static boolean reads(Calls call) {
        return READS.matcher(call.operation()).matches();
    }

    private static double sum(Stream<Calls> calls, ToDoubleFunction<Calls> what) {
        return calls.mapToDouble(what).sum();
    }
}
