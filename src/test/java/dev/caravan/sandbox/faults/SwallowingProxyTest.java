package dev.caravan.sandbox.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.sandbox.parts.Listener;
import dev.caravan.sandbox.parts.Loopback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SwallowingProxyTest {
    private final Listener echo = new Listener("an echo", 0);
    private final SwallowingProxy proxy = new SwallowingProxy(echo.port());

    SwallowingProxyTest() {
        echo.serve(socket -> Listener.daemon("echo", () -> {
            try (socket) {
                socket.getInputStream().transferTo(socket.getOutputStream());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        echo.close();
    }

    @Test
    void connectionsHangThatAreThereAndThatCome_andOnlyNewOnesWorkAfterwards() throws IOException {
        try (Socket before = connect()) {
            assertThat(answer(before)).isEqualTo('x');
            proxy.swallow();
            try (Socket meanwhile = connect()) {
                assertHangs(before);
                assertHangs(meanwhile);
                proxy.letThrough();
                assertHangs(before);
                assertHangs(meanwhile);
            }
            try (Socket afterwards = connect()) {
                assertThat(answer(afterwards)).isEqualTo('x');
            }
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(Loopback.address(), proxy.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static int answer(Socket socket) throws IOException {
        socket.getOutputStream().write('x');
        return socket.getInputStream().read();
    }

    private static void assertHangs(Socket socket) throws IOException {
        socket.setSoTimeout(100);
        assertThatThrownBy(() -> answer(socket)).isInstanceOf(SocketTimeoutException.class);
    }
}
