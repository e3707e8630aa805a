package dev.caravan.tell;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.base.Quantity;
import dev.caravan.ledger.ClusterHolds.Hold;
import java.time.Duration;
import java.time.Instant;

/**
 * The message that a cluster takes no loads, or takes them again: {@code what, severity, cluster, since, reason, instance}, and of a recovery {@code ended} and
 * {@code millis} between the two.
 */
public final class ClusterMessage {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ClusterMessage() {}

    /** A cluster is held from now on. */
    public static Announcement held(Hold hold) {
        return new Announcement(
                id("held", hold),
                "held",
                Severity.WARNING,
                hold.hereOnly()
                        ? "Caravan: cluster " + hold.cluster() + " doesn't let instance " + hold.instance() + " in"
                        : "Caravan: cluster " + hold.cluster() + " takes no loads, they wait",
                json("held", Severity.WARNING, hold).toString());
    }

    /** A cluster's hold is over. */
    public static Announcement recovered(Hold hold, Instant ended) {
        Duration time = Duration.between(hold.since(), ended);
        ObjectNode json = json("recovered", Severity.INFO, hold);
        json.put("ended", ended.toString());
        json.put("millis", time.toMillis());
        return new Announcement(
                id("recovered", hold),
                "recovered",
                Severity.INFO,
                "Caravan: cluster " + hold.cluster()
                        + (hold.hereOnly() ? " lets instance " + hold.instance() + " in again" : " takes loads again")
                        + " after " + Quantity.inWords(time),
                json.toString());
    }

    private static String id(String what, Hold hold) {
        return hold.cluster() + (hold.hereOnly() ? " " + hold.instance() : "") + " " + what + " " + hold.since();
    }

    private static ObjectNode json(String what, Severity severity, Hold hold) {
        ObjectNode json = JSON.createObjectNode();
        json.put("what", what);
        json.put("severity", severity.word());
        json.put("cluster", hold.cluster());
        json.put("since", hold.since().toString());
        json.put("reason", hold.reason());
        if (!hold.instance().isEmpty()) {
            json.put("instance", hold.instance());
        }
        return json;
    }
}
