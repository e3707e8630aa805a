package dev.caravan.sandbox.redshift.copy.s3;

import dev.caravan.sandbox.redshift.wire.ServerError;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.CipherInputStream;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * How the AWS SDK's S3 encryption client leaves an object that it has encrypted with a symmetric master key: in its metadata the key of this
 * object, itself encrypted with the master key, and where AES begins.
 *
 * @param key in Base64
 * @param iv in Base64
 */
public record Envelope(String key, String iv, S3Url url) {
    private static final String AES = "AES";

    public static Envelope of(GetObjectResponse object, S3Url url) throws ServerError {
        String key = object.metadata().get("x-amz-key");
        String iv = object.metadata().get("x-amz-iv");
        if (key == null || iv == null) {
            throw BoxedError.reading("The file is not client-side encrypted", 8001, url.toString());
        }
        return new Envelope(key, iv, url);
    }

    public InputStream open(InputStream encrypted, String masterKey) throws ServerError {
        try {
            Cipher unwrap = Cipher.getInstance("AES/ECB/PKCS5Padding");
            unwrap.init(Cipher.DECRYPT_MODE, aes(decoded(masterKey)));
            Cipher content = Cipher.getInstance("AES/CBC/PKCS5Padding");
            content.init(Cipher.DECRYPT_MODE, aes(unwrap.doFinal(decoded(key))), new IvParameterSpec(decoded(iv)));
            return new CipherInputStream(encrypted, content);
        } catch (GeneralSecurityException e) {
            throw BoxedError.reading("The master symmetric key does not fit the file", 8001, url.toString());
        }
    }

    private static SecretKeySpec aes(byte[] key) {
        return new SecretKeySpec(key, AES);
    }

    private static byte[] decoded(String text) {
        return Base64.getDecoder().decode(text);
    }
}
