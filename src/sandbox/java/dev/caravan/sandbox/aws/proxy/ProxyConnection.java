package dev.caravan.sandbox.aws.proxy;

import dev.caravan.sandbox.faults.Call;
import dev.caravan.sandbox.faults.CallDropped;
import dev.caravan.sandbox.faults.Observer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.http.HttpEntity;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpException;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.HttpVersion;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.impl.DefaultBHttpServerConnection;
import org.apache.http.impl.DefaultConnectionReuseStrategy;
import org.apache.http.message.BasicHttpResponse;
import org.apache.http.protocol.BasicHttpContext;
import org.apache.http.protocol.HttpContext;
import org.apache.http.protocol.HttpCoreContext;
import org.apache.http.util.EntityUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's connection and its own one to the stand-in: requests and answers pass as they come, line by line and byte by byte. */
final class ProxyConnection implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyConnection.class);

    private final AwsProxy proxy;
    private final DefaultBHttpServerConnection client = new DefaultBHttpServerConnection(AwsProxy.BUFFER);
    private final StandInConnection standIn;

    ProxyConnection(AwsProxy proxy, Socket socket) throws IOException {
        this.proxy = proxy;
        standIn = new StandInConnection(proxy.behind());
        socket.setTcpNoDelay(true);
        client.bind(socket);
    }

    @Override
    public void run() {
        try {
            boolean open = true;
            while (open) {
                open = serve(client.receiveRequestHeader());
            }
            client.close();
        } catch (IOException | HttpException e) {
            LOG.debug("Connection ended: {}", e.toString());
        } catch (CallDropped e) {
            LOG.debug("Connection dropped");
        } finally {
            reset();
            standIn.close();
            proxy.forget(this);
        }
    }

    /** Closes with a TCP reset; if it is closed already, nothing happens. */
    void reset() {
        try {
            client.shutdown();
        } catch (IOException e) {
            LOG.debug("Resetting a connection", e);
        }
    }

    /** False when the connection is to be closed. */
    private boolean serve(HttpRequest request) throws IOException, HttpException {
        byte[] body = body(request);
        AwsRequest asked = AwsRequest.of(proxy.service(), request, body);
        Optional<AwsFault> fault = proxy.faults().strike(proxy.service(), asked.operation(), asked.subject());
        if (fault.equals(Optional.of(AwsFault.RESET))) {
            throw new CallDropped();
        }
        if (fault.equals(Optional.of(AwsFault.HANG))) {
            return true; // and reads on, until the client closes
        }
        if (fault.isPresent() && fault.get() != AwsFault.LOST_ANSWER) {
            return answer(request, AwsErrors.answer(fault.get(), asked));
        }
        Call call = asked.call();
        Observer observer = proxy.watch().observer();
        observer.before(call);
        HttpResponse response = standIn.exchange(request);
        observer.after(call.answered(text(response)));
        if (fault.isPresent()) {
            throw new CallDropped();
        }
        return answer(request, response);
    }

    private byte[] body(HttpRequest request) throws IOException, HttpException {
        if (!(request instanceof HttpEntityEnclosingRequest enclosing)) {
            return new byte[0];
        }
        if (enclosing.expectContinue()) {
            client.sendResponseHeader(new BasicHttpResponse(HttpVersion.HTTP_1_1, 100, "Continue"));
            client.flush();
            request.removeHeaders("Expect");
        }
        client.receiveRequestEntity(enclosing);
        byte[] body = EntityUtils.toByteArray(enclosing.getEntity());
        enclosing.setEntity(new ByteArrayEntity(body));
        return body;
    }

    private boolean answer(HttpRequest request, HttpResponse response) throws IOException, HttpException {
        client.sendResponseHeader(response);
        if (StandInConnection.hasBody(request, response)) {
            client.sendResponseEntity(response);
        }
        client.flush();
        HttpContext context = new BasicHttpContext();
        context.setAttribute(HttpCoreContext.HTTP_REQUEST, request);
        return DefaultConnectionReuseStrategy.INSTANCE.keepAlive(response, context);
    }

    private String text(HttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        return entity == null || proxy.service() == AwsService.S3
                ? ""
                : EntityUtils.toString(entity, StandardCharsets.UTF_8);
    }
}
