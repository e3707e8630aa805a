package dev.caravan.sandbox.redshift;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The one user and the password, checked by PostgreSQL's md5 exchange: driver and psql both know it. */
record Credentials(String user, String password) {
    boolean matches(String claimedUser, String answer, byte[] salt) {
        String expected = "md5" + md5(md5(password + claimedUser, new byte[0]), salt);
        return user.equals(withoutIam(claimedUser))
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), answer.getBytes(StandardCharsets.UTF_8));
    }

    /** Redshift names a user so who logs in with what IAM gave. */
    static String withoutIam(String user) {
        return user.replaceFirst("^IAMR?:", "");
    }

    /** Never the password. */
    @Override
    public String toString() {
        return "Credentials[" + user + "]";
    }

    private static String md5(String text, byte[] salt) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            digest.update(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(salt));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
