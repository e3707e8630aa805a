package dev.caravan.redshift.login;

import dev.caravan.redshift.copy.HiddenSecrets.Keys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * The keys that Caravan itself has, for COPY to read S3 with. They have to last for as long as a COPY takes: those that soon run out are
 * left for newer ones where there are some.
 */
public final class OwnKeys implements Supplier<Keys> {
    private static final Duration ENOUGH = Duration.ofMinutes(15);

    /** An instance's role has new keys when the old ones have five minutes left, and not before. */
    private static final Duration LEAST = Duration.ofMinutes(4);

    private final Supplier<? extends AwsCredentialsProvider> providers;
    private final Clock clock;
    private Optional<AwsCredentialsProvider> current = Optional.empty();

    /** @param providers a new provider that looks everywhere again */
    public OwnKeys(Supplier<? extends AwsCredentialsProvider> providers, Clock clock) {
        this.providers = providers;
        this.clock = clock;
    }

    /** @throws SdkClientException if there are none, or none that last for four minutes: both may pass */
    @Override
    public synchronized Keys get() {
        AwsCredentials keys = current.orElseGet(this::lookAgain).resolveCredentials();
        if (left(keys).compareTo(ENOUGH) < 0) {
            keys = lookAgain().resolveCredentials();
        }
        if (left(keys).compareTo(LEAST) < 0) {
            throw SdkClientException.create(
                    "AWS credentials run out at " + keys.expirationTime().orElse(Instant.EPOCH)
                            + ", too soon for a COPY, and there are no newer ones yet");
        }
        return new Keys(
                keys.accessKeyId(),
                keys.secretAccessKey(),
                keys instanceof AwsSessionCredentials session ? Optional.of(session.sessionToken()) : Optional.empty());
    }

    private AwsCredentialsProvider lookAgain() {
        AwsCredentialsProvider provider = providers.get();
        current = Optional.of(provider);
        return provider;
    }

    private Duration left(AwsCredentials keys) {
        return keys.expirationTime()
                .map(end -> Duration.between(clock.instant(), end))
                .orElse(ENOUGH);
    }
}
