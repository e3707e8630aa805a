package dev.caravan.sandbox.redshift;

import dev.caravan.sandbox.redshift.fault.Fault;
import dev.caravan.sandbox.redshift.wire.Message;
import dev.caravan.sandbox.redshift.wire.MessageBuilder;
import dev.caravan.sandbox.redshift.wire.Messages;
import dev.caravan.sandbox.redshift.wire.ServerError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A connection's beginning: refuses encryption, checks the password, opens the backend without what only Redshift knows. */
final class StartUp {
    static final int CANCEL = 80877102;

    private static final int SSL = 80877103;
    private static final int GSS = 80877104;
    private static final int PROTOCOL_3 = 196608;
    private static final int MD5 = 5;
    private static final int SALT = 4;
    private static final int MAX_NAME = 63;

    private static final Set<String> KNOWN = Set.of(
            "user",
            "database",
            "client_encoding",
            "DateStyle",
            "TimeZone",
            "extra_float_digits",
            "application_name",
            "search_path");

    /** Redshift is a PostgreSQL 8.0: its strings take backslashes. */
    private static final String OPTIONS =
            "-c standard_conforming_strings=off -c escape_string_warning=off -c backslash_quote=on";

    private final Gateway gateway;
    private final Peer client;

    StartUp(Gateway gateway, Peer client) {
        this.gateway = gateway;
        this.client = client;
    }

    /** What the client asks for; empty when it only cancels, or is turned away. */
    Optional<Map<String, String>> negotiate() throws IOException {
        while (true) {
            byte[] packet = new byte[client.in().readInt() - Integer.BYTES];
            client.in().readFully(packet);
            ByteBuffer buffer = ByteBuffer.wrap(packet);
            int code = buffer.getInt();
            if (code == SSL || code == GSS) {
                client.writeRaw(new byte[] {'N'});
            } else if (code == CANCEL) {
                gateway.cancel(buffer.getInt(), buffer.getInt());
                return Optional.empty();
            } else {
                Map<String, String> parameters = parameters(buffer);
                return admits(parameters.getOrDefault("user", "")) ? Optional.of(parameters) : Optional.empty();
            }
        }
    }

    /** The Redshift driver takes its code paths from the version, so it must see Redshift's; psql would choke on it. */
    static boolean isRedshiftDriver(Map<String, String> parameters) {
        return parameters.containsKey("driver_version");
    }

    Peer openBackend(Map<String, String> parameters) throws IOException {
        MessageBuilder body = new MessageBuilder().int32(PROTOCOL_3);
        parameters.forEach((name, value) -> {
            if (KNOWN.contains(name)) {
                body.string(name).string(value(name, value));
            }
        });
        body.string("options").string(OPTIONS).int8(0);
        byte[] bytes = body.toByteArray();
        Peer backend = new Peer(gateway.openBackend());
        backend.writeRaw(new MessageBuilder()
                .int32(bytes.length + Integer.BYTES)
                .raw(bytes)
                .toByteArray());
        return backend;
    }

    private static String value(String name, String value) {
        String known = name.equals("user") ? Credentials.withoutIam(value) : value;
        return known.length() > MAX_NAME ? known.substring(0, MAX_NAME) : known;
    }

    private boolean admits(String user) throws IOException {
        try {
            gateway.faults().strike(Fault.Point.CONNECT, user, () -> false);
            if (!authenticates(user)) {
                throw ServerError.fatal("28P01", "password authentication failed for user \"" + user + "\"");
            }
            return true;
        } catch (ServerError e) {
            client.send(Messages.error(e));
            return false;
        }
    }

    private boolean authenticates(String user) throws IOException {
        byte[] salt = new byte[SALT];
        new SecureRandom().nextBytes(salt);
        client.send(new MessageBuilder().int32(MD5).raw(salt).build('R'));
        Optional<Message> answer = client.read();
        return answer.isPresent()
                && answer.get().type() == 'p'
                && gateway.credentials().matches(user, answer.get().string(0), salt);
    }

    private static Map<String, String> parameters(ByteBuffer packet) {
        Map<String, String> parameters = new LinkedHashMap<>();
        while (packet.hasRemaining()) {
            String name = string(packet);
            if (name.isEmpty()) {
                break;
            }
            parameters.put(name, string(packet));
        }
        parameters.putIfAbsent("database", parameters.getOrDefault("user", ""));
        return parameters;
    }

    private static String string(ByteBuffer packet) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte b = packet.get(); b != 0; b = packet.get()) {
            bytes.write(b);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
