package dev.caravan.redshift.copy;

import dev.caravan.redshift.target.CopyCredentials;
import java.util.Optional;

/**
 * With what a cluster reads or writes S3, in COPY and UNLOAD.
 *
 * @param of what it is for, for an error: {@code feed 'web'}
 */
public record S3Access(
        String of,
        CopyCredentials credentials,
        Optional<String> iamRole,
        Optional<String> accessKeyId,
        Optional<String> secretAccessKey) {

    /**
     * As a statement has it; its secrets are hidden. Columnar formats take keys as CREDENTIALS only.
     *
     * @throws IllegalArgumentException if what it needs isn't there, which start-up has reported
     */
    public String sql(HiddenSecrets secrets) {
        return switch (credentials) {
            case ROLE -> "IAM_ROLE " + role();
            case SESSION -> "CREDENTIALS " + SqlText.literal(secrets.session());
            case KEYS -> "CREDENTIALS " + SqlText.literal(secrets.hide(keys()));
        };
    }

    private HiddenSecrets.Keys keys() {
        if (accessKeyId.isEmpty() || secretAccessKey.isEmpty()) {
            throw new IllegalArgumentException(
                    of + " has no accessKeyId or no secretAccessKey; set them, or another copyCredentials");
        }
        return new HiddenSecrets.Keys(accessKeyId.get(), secretAccessKey.get(), Optional.empty());
    }

    private String role() {
        String role = iamRole.orElseThrow(
                () -> new IllegalArgumentException(of + " has no iamRole; set it there or in caravan.iam-role"));
        return role.equals("default") ? role : SqlText.literal(role);
    }
}
