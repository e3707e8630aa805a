package dev.caravan.s3.listing;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Asks for several things at a time, and hands the answers over in the order of the questions. */
public final class Ahead {
    private static final int THREADS = 8;
    private static final int ASKED = 4 * THREADS;

    private Ahead() {}

    /** Throws what {@code ask} throws, if that is unchecked. */
    public static <Q, A> void forEach(Iterable<Q> questions, Function<Q, A> ask, BiConsumer<Q, A> consumer) {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            forEach(threads, questions, ask, consumer);
        } finally {
            threads.shutdownNow();
        }
    }

    /**
     * The same by somebody else's threads.
     *
     * @param threads of which no more than {@value #ASKED} are wanted at a time
     */
    public static <Q, A> void forEach(
            ExecutorService threads, Iterable<Q> questions, Function<Q, A> ask, BiConsumer<Q, A> consumer) {
        Queue<Asked<Q, A>> asked = new ArrayDeque<>();
        for (Iterator<Q> left = questions.iterator(); left.hasNext() || !asked.isEmpty(); ) {
            if (left.hasNext() && asked.size() < ASKED) {
                Q question = left.next();
                asked.add(new Asked<>(question, threads.submit(() -> ask.apply(question))));
            } else {
                Asked<Q, A> next = asked.remove();
                consumer.accept(next.question(), next.result());
            }
        }
    }

    private record Asked<Q, A>(Q question, Future<A> answer) {
        A result() {
            try {
                return answer.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException thrown) {
                    throw thrown;
                }
                throw new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }
}
