package dev.caravan.message;

/**
 * A message as it is sent.
 *
 * @param id what it is about, and since when: the same whenever it is sent again
 * @param what {@code loaded}, {@code failed} or {@code quarantined} (loaded without some files) of a batch; {@code held} or {@code recovered} of a cluster
 * @param severity how much it wants a person
 * @param subject ASCII, at most 100 characters
 * @param body JSON, which has {@code what} and {@code severity} as well
 */
public record Announcement(String id, String what, Severity severity, String subject, String body) {

    private static final int LONGEST_SUBJECT = 100;

    /** A subject as SNS wants it. */
    static String subjectOf(String text) {
        String ascii = text.replaceAll("[^ -~]", "?");
        return ascii.length() <= LONGEST_SUBJECT ? ascii : ascii.substring(0, LONGEST_SUBJECT - 3) + "...";
    }
}
