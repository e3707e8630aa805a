package dev.caravan.sandbox.aws.proxy;

import dev.caravan.sandbox.parts.Loopback;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpException;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.impl.DefaultBHttpClientConnection;
import org.apache.http.impl.DefaultConnectionReuseStrategy;
import org.apache.http.protocol.BasicHttpContext;
import org.apache.http.protocol.HttpContext;
import org.apache.http.protocol.HttpCoreContext;
import org.apache.http.util.EntityUtils;

/** The way to a stand-in, opened when it is needed; used by one thread. */
final class StandInConnection {
    /** Stand-ins close a connection that is idle for long; to look whether they have costs a millisecond. */
    private static final long TRUSTED_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final int port;
    private final DefaultBHttpClientConnection connection = new DefaultBHttpClientConnection(AwsProxy.BUFFER);
    private long lastUsed;

    StandInConnection(int port) {
        this.port = port;
    }

    /** Hands a request on and returns the whole answer. */
    HttpResponse exchange(HttpRequest request) throws IOException, HttpException {
        open();
        connection.sendRequestHeader(request);
        if (request instanceof HttpEntityEnclosingRequest enclosing) {
            connection.sendRequestEntity(enclosing);
        }
        connection.flush();
        HttpResponse response;
        do {
            response = connection.receiveResponseHeader();
        } while (response.getStatusLine().getStatusCode() < 200);
        if (hasBody(request, response)) {
            connection.receiveResponseEntity(response);
            response.setEntity(new ByteArrayEntity(EntityUtils.toByteArray(response.getEntity())));
        }
        lastUsed = System.nanoTime();
        HttpContext context = new BasicHttpContext();
        context.setAttribute(HttpCoreContext.HTTP_REQUEST, request);
        if (!DefaultConnectionReuseStrategy.INSTANCE.keepAlive(response, context)) {
            connection.close();
        }
        return response;
    }

    static boolean hasBody(HttpRequest request, HttpResponse response) {
        int status = response.getStatusLine().getStatusCode();
        return !request.getRequestLine().getMethod().equals("HEAD") && status >= 200 && status != 204 && status != 304;
    }

    void close() {
        try {
            connection.shutdown();
        } catch (IOException e) {
            return; // it is of no use any more in any case
        }
    }

    private void open() throws IOException {
        if (connection.isOpen() && System.nanoTime() - lastUsed > TRUSTED_NANOS && connection.isStale()) {
            connection.close();
        }
        if (!connection.isOpen()) {
            Socket socket = new Socket(Loopback.address(), port);
            socket.setTcpNoDelay(true);
            connection.bind(socket);
        }
    }
}
