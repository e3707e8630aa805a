package dev.caravan.sandbox.redshift.copy.s3;

import dev.caravan.sandbox.redshift.wire.ServerError;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** AWS keys that a COPY was given, and what S3 says of them. */
public record AccessKeys(String id, String secret, Optional<String> token) {

    /** Those in the text of CREDENTIALS; empty if a role stands there. */
    public static Optional<AccessKeys> of(String credentials) throws ServerError {
        Map<String, String> parts = new HashMap<>();
        for (String part : credentials.split(";", -1)) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                throw ServerError.of(
                        "22023",
                        "Invalid credentials. Must be of the format: credentials 'aws_iam_role=...' or 'aws_access_key_id=...;aws_secret_access_key=...[;token=...]'");
            }
            parts.put(part.substring(0, equals).strip(), part.substring(equals + 1));
        }
        return Optional.ofNullable(parts.get("aws_access_key_id"))
                .map(id -> new AccessKeys(
                        id, parts.getOrDefault("aws_secret_access_key", ""), Optional.ofNullable(parts.get("token"))));
    }

    /** Fails as a COPY does with keys that are not among these. */
    public void checkAgainst(Collection<AccessKeys> accepted, String url) throws ServerError {
        if (accepted.contains(this)) {
            return;
        }
        Optional<AccessKeys> meant =
                accepted.stream().filter(keys -> keys.id().equals(id)).findFirst();
        if (meant.isEmpty()) {
            throw BoxedError.s3(
                    "The AWS Access Key Id you provided does not exist in our records.",
                    403,
                    "InvalidAccessKeyId",
                    url);
        }
        throw meant.get().secret().equals(secret)
                ? BoxedError.s3("The provided token is malformed or otherwise invalid.", 400, "InvalidToken", url)
                : BoxedError.s3(
                        "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
                        403,
                        "SignatureDoesNotMatch",
                        url);
    }

    /** Never the keys. */
    @Override
    public String toString() {
        return "AccessKeys";
    }
}
