package dev.caravan.load.suspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.batch.FileEntry;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** A bad file is found wherever it is, with as few trials as can be. */
class HalvingTest {

    @Property(tries = 500)
    void aBadFileIsFound_inOneTrialMoreThanTheLogarithmAtMost_andEachThatIsTriedUntilOneCanBeRead(
            @ForAll @IntRange(min = 1, max = 3_000) int count,
            @ForAll @Size(min = 1, max = 4) Set<@IntRange(max = 1_000_000) Integer> positions) {
        List<FileEntry> files = files(count);
        List<FileEntry> bad = positions.stream()
                .map(position -> files.get(position % count))
                .distinct()
                .toList();
        Halving search = new Halving(files, 10);
        int trials = 0;
        while (search.isOpen()) {
            trials++;
            if (search.trial().stream().anyMatch(bad::contains)) {
                search.refused("trial " + trials);
            } else {
                search.readable();
            }
        }
        assertThat(search.found())
                .isNotEmpty()
                .allMatch(found -> bad.contains(found.file()))
                .allMatch(found -> found.reason().startsWith("trial "))
                .doesNotHaveDuplicates();
        assertThat(search.isProven()).isEqualTo(bad.size() < count || count == 1);
        assertThat(trials).isLessThanOrEqualTo(ceilOfLog2(count) + 1 + bad.size());
    }

    @Example
    void whatIsLookedForIsSaidAsItIs_alsoOfABatchOfOneFile() {
        List<FileEntry> files = files(3);
        List<Halving.Found> named =
                files.stream().map(file -> new Halving.Found(file, "no")).toList();
        assertThat(new Halving(files, 10).inWords()).isEqualTo("for the file that is at fault among 3 files");
        assertThat(new Halving(files(1), 10).inWords())
                .isEqualTo("whether " + files.get(0).url() + " is at fault");
        assertThat(Halving.ofNamed(named.subList(1, 2), files, 10, true).inWords())
                .isEqualTo("whether " + files.get(1).url() + " is at fault");
        assertThat(Halving.ofNamed(named.subList(0, 2), files, 10, true).inWords())
                .isEqualTo("whether 2 files that it names are at fault");
    }

    @Property(tries = 100)
    void whereEachFileIsRefusedNoneIsFoundToBeAtFault(@ForAll @IntRange(min = 2, max = 3_000) int count) {
        Halving search = new Halving(files(count), 10);
        int trials = 0;
        while (search.isOpen()) {
            trials++;
            search.refused("no");
        }
        assertThat(search.isProven()).isFalse();
        assertThat(search.found()).hasSize(Math.min(count, 11));
        assertThat(trials).isLessThanOrEqualTo(ceilOfLog2(count) + 11);
    }

    @Property(tries = 100)
    void whereEveryTrialCanBeReadNothingIsFound(@ForAll @IntRange(min = 1, max = 3_000) int count) {
        Halving search = new Halving(files(count), 10);
        int trials = 0;
        while (search.isOpen()) {
            trials++;
            search.readable();
        }
        assertThat(search.found()).isEmpty();
        assertThat(trials).isLessThanOrEqualTo(ceilOfLog2(count) + 1);
    }

    private static int ceilOfLog2(int count) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
    }

    private static List<FileEntry> files(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new FileEntry("web", "s3://landing/" + i, "v1", 1, Instant.EPOCH))
                .toList();
    }
}
