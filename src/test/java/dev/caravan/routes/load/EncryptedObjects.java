package dev.caravan.routes.load;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Encrypts objects as the AWS SDK's S3 encryption client does with a symmetric master key. */
public final class EncryptedObjects {
    private final byte[] key;

    /** @param key 32 characters */
    public EncryptedObjects(String key) {
        this.key = key.getBytes(StandardCharsets.US_ASCII);
    }

    /** As a feed wants it. */
    public String masterKey() {
        return Base64.getEncoder().encodeToString(key);
    }

    public void put(S3Client s3, String bucket, String name, String content) throws GeneralSecurityException {
        byte[] own = "the key of one file, also 256 b.".getBytes(StandardCharsets.US_ASCII);
        byte[] iv = "sixteen bytes iv".getBytes(StandardCharsets.US_ASCII);
        Cipher wrap = Cipher.getInstance("AES/ECB/PKCS5Padding");
        wrap.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(own, "AES"), new IvParameterSpec(iv));
        Map<String, String> metadata = Map.of(
                "x-amz-key", Base64.getEncoder().encodeToString(wrap.doFinal(own)),
                "x-amz-iv", Base64.getEncoder().encodeToString(iv),
                "x-amz-matdesc", "{}");
        byte[] body = cipher.doFinal(content.getBytes(StandardCharsets.UTF_8));
        s3.putObject(r -> r.bucket(bucket).key(name).metadata(metadata), RequestBody.fromBytes(body));
    }
}
