package dev.caravan.redshift.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;

/** COPY gets keys that last. */
class OwnKeysTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void keysThatSoonRunOutAreLeftForNewerOnes() {
        OwnKeys keys = keys(session("old", 14), session("new", 60));
        assertThat(keys.get().accessKeyId()).isEqualTo("new");
        assertThat(keys.get().accessKeyId()).isEqualTo("new");
        assertThat(keys.get().sessionToken()).contains("token of new");
    }

    @Test
    void ifThereAreNoNewerOnesYetTheseHaveToDo_unlessTheyHaveNearlyRunOut() {
        assertThat(keys(session("a", 14), session("b", 5)).get().accessKeyId()).isEqualTo("b");
        assertThatThrownBy(() -> keys(session("a", 14), session("b", 3)).get())
                .isInstanceOf(SdkClientException.class)
                .hasMessageContaining("run out at 2026-11-21T12:03:00Z")
                .hasMessageNotContainingAny("token of b", "secret");
    }

    @Test
    void keysOfAUserHaveNoTokenAndNoEnd() {
        OwnKeys keys = keys(AwsBasicCredentials.create("user", "secret"));
        assertThat(keys.get().sessionToken()).isEmpty();
        assertThat(keys.get()).hasToString("Keys");
    }

    private static AwsCredentials session(String id, int minutes) {
        return AwsSessionCredentials.builder()
                .accessKeyId(id)
                .secretAccessKey("secret")
                .sessionToken("token of " + id)
                .expirationTime(NOW.plus(Duration.ofMinutes(minutes)))
                .build();
    }

    /** Each provider has the next of these. */
    private static OwnKeys keys(AwsCredentials... each) {
        Deque<AwsCredentials> left = new ArrayDeque<>(List.of(each));
        return new OwnKeys(
                () -> {
                    AwsCredentials found = left.remove();
                    return () -> found;
                },
                Clock.fixed(NOW, ZoneOffset.UTC));
    }
}
