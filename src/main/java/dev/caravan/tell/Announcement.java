package dev.caravan.tell;

import dev.caravan.base.SentText;

/**
 * A message as it is sent.
 *
 * @param id what it is about, and since when: the same whenever it is sent again
 * @param what {@code loaded}, {@code failed} or {@code quarantined} (loaded without some files) of a batch; {@code held} or {@code recovered} of a cluster
 * @param severity how much it wants a person
 * @param subject any text; it becomes ASCII of less than 100 characters
 * @param body JSON, which has {@code what} and {@code severity} as well
 */
public record Announcement(String id, String what, Severity severity, String subject, String body) {
    public Announcement {
        subject = SentText.subject(subject);
        body = SentText.json(body);
    }
}
