package dev.caravan.sandbox.redshift;

import dev.caravan.sandbox.parts.Listener;
import dev.caravan.sandbox.parts.Loopback;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Redshift with TLS, as the driver wants it when it logs in with IAM: a front to a server without, with a certificate of its own. */
public final class TlsFront implements AutoCloseable {
    private static final int SSL_REQUEST_BYTES = 8;
    private static final char[] KEY_PASSWORD = "sandbox".toCharArray();

    private final Listener listener = new Listener("the sandbox's Redshift with TLS", 0);
    private final SSLContext tls;
    private final Path certificate;
    private final int behind;

    /**
     * Listens on a free port.
     *
     * @param folder where its certificate is made
     */
    public TlsFront(RedshiftServer server, Path folder) {
        behind = server.port();
        certificate = folder.resolve("sandbox.pem");
        try {
            KeyStore keys = keys(folder.resolve("sandbox.p12"));
            Files.writeString(
                    certificate,
                    "-----BEGIN CERTIFICATE-----\n"
                            + Base64.getMimeEncoder()
                                    .encodeToString(
                                            keys.getCertificate("sandbox").getEncoded())
                            + "\n-----END CERTIFICATE-----\n");
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, KEY_PASSWORD);
            tls = SSLContext.getInstance("TLS");
            tls.init(managers.getKeyManagers(), null, null);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The sandbox's certificate can't be made", e);
        }
        listener.serve(client -> Listener.daemon("redshift-tls", () -> serve(client)));
    }

    public int port() {
        return listener.port();
    }

    /** What a client has to trust, for {@code sslrootcert}. */
    public Path certificate() {
        return certificate;
    }

    /** The JDK makes certificates with this tool only. */
    private static KeyStore keys(Path file) throws GeneralSecurityException, IOException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "sandbox",
                        "-keyalg",
                        "EC",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-ext",
                        "BC=ca:true",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(KEY_PASSWORD))
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!Files.exists(file)) {
            throw new IOException("keytool says: " + said);
        }
        return KeyStore.getInstance(file.toFile(), KEY_PASSWORD);
    }

    private void serve(Socket client) {
        try (client;
                Socket server = new Socket(Loopback.address(), behind)) {
            new DataInputStream(client.getInputStream()).readNBytes(SSL_REQUEST_BYTES);
            client.getOutputStream().write('S');
            SSLSocket secure =
                    (SSLSocket) tls.getSocketFactory().createSocket(client, "localhost", client.getPort(), true);
            secure.setUseClientMode(false);
            Listener.daemon("redshift-tls-answers", () -> copy(server, secure));
            copy(secure, server);
        } catch (IOException e) {
            return; // one of them has gone; the other goes with it
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            return; // as above
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
