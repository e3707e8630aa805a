package dev.caravan.ledger.camel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ledger.BatchId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Each feed gets its share, whatever the others have waiting or at work. */
class FairShareTest {
    private static final FairShare SHARE = new FairShare(8, 4);

    @Property
    void aFeedWithNothingAtWorkGetsSomething_noneGetsMoreThanItsShare_andTheOldestGoFirst(
            @ForAll @Size(max = 300) List<@IntRange(max = 7) Integer> waiting,
            @ForAll @Size(8) List<@IntRange(max = 6) Integer> atWork) {
        Set<String> ids = new LinkedHashSet<>();
        for (int i = 0; i < waiting.size(); i++) {
            ids.add(String.format("f%d-%05d", waiting.get(i), i));
        }
        Map<String, Integer> busy = new HashMap<>();
        IntStream.range(0, 8).forEach(feed -> busy.put("f" + feed, atWork.get(feed)));
        List<String> taken = SHARE.of(ids, busy);
        assertThat(ids).containsAll(taken);
        Map<String, Long> counts = taken.stream().collect(Collectors.groupingBy(BatchId::feed, Collectors.counting()));
        counts.forEach(
                (feed, count) -> assertThat(count + busy.getOrDefault(feed, 0)).isLessThanOrEqualTo(4));
        assertThat(taken).hasSizeLessThanOrEqualTo(8).doesNotHaveDuplicates();
        int total = busy.values().stream().mapToInt(Integer::intValue).sum();
        long idle = counts.keySet().stream()
                .filter(feed -> busy.getOrDefault(feed, 0) == 0)
                .count();
        assertThat((long) taken.size()).isLessThanOrEqualTo(Math.max(idle, 8 - total));
        for (String feed : busy.keySet()) {
            List<String> own =
                    ids.stream().filter(id -> BatchId.feed(id).equals(feed)).toList();
            long count = counts.getOrDefault(feed, 0L);
            if (busy.getOrDefault(feed, 0) == 0 && !own.isEmpty()) {
                assertThat(count).isPositive();
            }
            assertThat(taken).containsAll(own.subList(0, (int) count));
        }
    }
}
