package dev.caravan.sandbox.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.sandbox.parts.Listener;
import dev.caravan.sandbox.parts.Loopback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SwallowingProxyTest {
    private final BlockingQueue<Socket> ends = new LinkedBlockingQueue<>();
    private final Listener echo = new Listener("an echo", 0);
    private final SwallowingProxy proxy = SwallowingProxy.thatTellsEnds(echo.port());

    SwallowingProxyTest() {
        echo.serve(socket -> Listener.daemon("echo", () -> {
            try (socket) {
                socket.getInputStream().transferTo(socket.getOutputStream());
                ends.add(socket);
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

    @Test
    void whoClosesIsHeardWhereThatIsTold_andOtherwiseWhenTheConnectionIsCut() throws Exception {
        proxy.swallow();
        connect(proxy).close();
        assertThat(ends.poll(10, TimeUnit.SECONDS)).isNotNull();
        try (SwallowingProxy halfOpen = SwallowingProxy.halfOpen(echo.port())) {
            halfOpen.swallow();
            connect(halfOpen).close();
            assertThat(ends.poll(300, TimeUnit.MILLISECONDS)).isNull();
            halfOpen.cut();
            assertThat(ends.poll(10, TimeUnit.SECONDS)).isNotNull();
        }
    }

    private Socket connect() throws IOException {
        return connect(proxy);
    }

    private static Socket connect(SwallowingProxy proxy) throws IOException {
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
