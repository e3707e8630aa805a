package dev.caravan.sandbox.aws.proxy;

import dev.caravan.sandbox.faults.FaultRule;
import dev.caravan.sandbox.faults.FaultRules;
import dev.caravan.sandbox.faults.RuleText;
import dev.caravan.sandbox.faults.StandingRules;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The rules in force for S3, SQS, SNS, DynamoDB and the Redshift Data API. A rule names a service and a fault: {@code dynamodb throttle match=UpdateItem
 * times=3}, {@code sqs lost-answer rate=0.05}, {@code dynamodb slow ms=20 forever}; its match is looked for in the request's operation,
 * a blank, and the request's body (of S3: bucket and key). Any thread may call.
 */
public final class AwsFaults implements FaultRules {
    private static final List<OfService> ALL = Arrays.stream(AwsService.values())
            .flatMap(service -> Stream.of(AwsFault.values())
                    .filter(fault -> fault.exists(service))
                    .map(fault -> new OfService(service, fault)))
            .toList();
    private static final RuleText<OfService> TEXT =
            new RuleText<>(2, AwsFaults::named, any -> "", List.of("match", "times", "forever", "skip", "rate", "ms"));

    private final StandingRules<OfService> rules = new StandingRules<>();
    private volatile Consumer<Set<AwsService>> refusing = refuse -> {};

    AwsFaults() {}

    private record OfService(AwsService service, AwsFault fault) {
        String text() {
            return service.text() + " " + fault.text();
        }
    }

    /** Whether a rule's text is about one of these services. */
    public static boolean isMeantBy(String rule) {
        String first = rule.strip().split("\\s", 2)[0];
        return Arrays.stream(AwsService.values())
                .anyMatch(service -> service.text().equals(first));
    }

    @Override
    public Runnable reading(String rule) {
        FaultRule<OfService> read = TEXT.parse(rule);
        return () -> {
            rules.add(read);
            tellListeners();
        };
    }

    @Override
    public Runnable begin(String rule) {
        FaultRule<OfService> read = TEXT.parse(rule);
        rules.add(read);
        tellListeners();
        return () -> {
            rules.remove(read);
            tellListeners();
        };
    }

    @Override
    public void clear() {
        rules.clear();
        tellListeners();
    }

    @Override
    public List<String> active() {
        return rules.active();
    }

    @Override
    public List<String> names() {
        return ALL.stream().map(OfService::text).toList();
    }

    /** Makes the chances of the rules that are added from now on repeatable. */
    public void seed(long seed) {
        rules.seed(seed);
    }

    /** How many requests rules have struck since the start. */
    public long struck() {
        return rules.struck();
    }

    /** @param listener is told which services are to refuse connections */
    void onRefusing(Consumer<Set<AwsService>> listener) {
        refusing = listener;
    }

    /**
     * Lets the rules strike a request: waits if it is to be slow, and returns what else is to happen.
     *
     * @param subject operation, a blank, and the body
     */
    Optional<AwsFault> strike(AwsService service, String operation, String subject) {
        for (var standing : rules) {
            OfService of = standing.rule().fault();
            if (of.service() == service && of.fault().canStrike(operation) && standing.strikes(subject)) {
                if (of.fault() != AwsFault.SLOW) {
                    return Optional.of(of.fault());
                }
                rules.pause(standing.rule().pause(), () -> false);
            }
        }
        return Optional.empty();
    }

    private void tellListeners() {
        Set<AwsService> refuse = new HashSet<>();
        for (var standing : rules) {
            if (standing.rule().fault().fault() == AwsFault.UNREACHABLE) {
                refuse.add(standing.rule().fault().service());
            }
        }
        refusing.accept(refuse);
    }

    private static OfService named(String name) {
        String words = name.replaceAll("\\s+", " ");
        return ALL.stream()
                .filter(fault -> fault.text().equals(words))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown fault '" + name + "': use one of "
                        + ALL.stream().map(OfService::text).toList()));
    }
}
