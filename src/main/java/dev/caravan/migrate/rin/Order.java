package dev.caravan.migrate.rin;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rin asks its targets as they stand in the configuration, each that takes the key loads it, and one with {@code break} or {@code discard} is the last. Here
 * the longest prefix comes first, then names decide, and {@code onMatch} says whether the next is asked. So that each file still goes where it went, feeds leave out
 * the keys that Rin didn't let come to their targets.
 *
 * @param targets all of them
 */
record Order(List<Target> targets) {
    private static final Comparator<Target> OURS = Comparator.comparingInt(
                    (Target target) -> target.keyPrefix().length())
            .reversed();

    /** The target that leaves nothing to this one. */
    Optional<Target> hiding(Target target) {
        return before(target).filter(other -> other.covers(target)).findFirst();
    }

    /** Whether this stops where Rin did, by itself. Otherwise those that come later in Rin leave out its keys. */
    boolean stops(Target target) {
        return target.stops() && behind(target).allMatch(other -> other.number() > target.number());
    }

    /** Whether the next feed is to be asked. */
    boolean goesOn(Target target) {
        return !stops(target) && behind(target).findAny().isPresent();
    }

    /** Those that stop Rin before it comes to this target, and here do not. */
    List<Target> leftOut(Target target) {
        return before(target)
                .filter(other -> !(stops(other) && OURS.compare(other, target) < 0))
                .filter(other -> hiding(other).isEmpty())
                .toList();
    }

    private Stream<Target> before(Target target) {
        return targets.stream()
                .filter(other -> other.number() < target.number() && other.stops() && other.overlaps(target));
    }

    private Stream<Target> behind(Target target) {
        return targets.stream()
                .filter(other -> other.number() != target.number() && other.overlaps(target))
                .filter(other -> hiding(other).isEmpty())
                .filter(other -> OURS.compare(other, target) >= 0);
    }
}
