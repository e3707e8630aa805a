package dev.caravan.sandbox.chaos;

import dev.caravan.sandbox.run.CaravanProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** The instances of Caravan, with a supervisor, as in any real installation, that starts a new one in the place of one that ended. */
final class Instances implements AutoCloseable {
    private final List<Instance> instances;
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(4);
    private final AtomicInteger kills = new AtomicInteger();
    private final AtomicInteger freezes = new AtomicInteger();
    private final List<String> ended = new CopyOnWriteArrayList<>();

    private Instances(Map<String, String> environment, int count) {
        instances = IntStream.rangeClosed(1, count)
                .mapToObj(number -> new Instance(number, environment))
                .toList();
        for (Instance instance : instances) {
            var unused = scheduler.scheduleWithFixedDelay(
                    () -> instance.supervise().ifPresent(ended::add), 500, 500, TimeUnit.MILLISECONDS);
        }
    }

    static Instances start(Map<String, String> environment, int count) {
        return new Instances(environment, count);
    }

    /** Kills one with SIGKILL and starts another in its place. */
    void kill(int number) {
        instance(number).replace();
        kills.incrementAndGet();
    }

    /** Stops one with SIGSTOP, and lets it go on after that time. Does nothing to one that stands already. */
    void freeze(int number, Duration length) {
        Instance instance = instance(number);
        instance.pause().ifPresent(frozen -> {
            freezes.incrementAndGet();
            var unused = scheduler.schedule(() -> instance.resume(frozen), length.toMillis(), TimeUnit.MILLISECONDS);
        });
    }

    /** Lets all that stand go on. */
    void resumeAll() {
        instances.forEach(instance -> instance.resume(instance.process()));
    }

    boolean allReady() {
        return up() == instances.size();
    }

    /** How many work. */
    int up() {
        return (int) instances.stream().filter(Instance::isUp).count();
    }

    int kills() {
        return kills.get();
    }

    int freezes() {
        return freezes.get();
    }

    /** Those that ended without having been killed, in words. */
    List<String> ended() {
        return List.copyOf(ended);
    }

    /** What each is, unless it works: for example {@code instance 2 stands still}. */
    List<String> states() {
        List<String> states = new ArrayList<>();
        instances.forEach(instance -> instance.state().ifPresent(states::add));
        return states;
    }

    String endOfLogs() {
        return String.join(
                "\n",
                instances.stream()
                        .map(Instance::process)
                        .map(CaravanProcess::endOfLog)
                        .toList());
    }

    private Instance instance(int number) {
        return instances.get(number - 1);
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
        resumeAll();
        instances.parallelStream().forEach(Instance::close);
    }
}
