package dev.caravan.sandbox;

import dev.caravan.sandbox.aws.proxy.AwsFaults;
import dev.caravan.sandbox.faults.FaultRules;
import dev.caravan.sandbox.redshift.fault.Faults;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every stand-in's fault rules as one: a rule that starts with an AWS service's name is AWS's, any other is Redshift's. */
record AllFaults(Faults redshift, Optional<AwsFaults> aws) implements FaultRules {
    @Override
    public Runnable reading(String rule) {
        return meantBy(rule).reading(rule);
    }

    @Override
    public Runnable begin(String rule) {
        return meantBy(rule).begin(rule);
    }

    @Override
    public void clear() {
        all().forEach(FaultRules::clear);
    }

    @Override
    public List<String> active() {
        return all().flatMap(rules -> rules.active().stream()).toList();
    }

    @Override
    public List<String> names() {
        return all().flatMap(rules -> rules.names().stream()).toList();
    }

    private FaultRules meantBy(String rule) {
        if (!AwsFaults.isMeantBy(rule)) {
            return redshift;
        }
        return aws.orElseThrow(
                () -> new IllegalArgumentException("This sandbox's AWS can't fail: start it with --faulty-aws"));
    }

    private Stream<FaultRules> all() {
        return Stream.concat(Stream.of(redshift), aws.stream());
    }
}
