package dev.caravan.sandbox.aws.s3;

import dev.caravan.sandbox.parts.Account;
import dev.caravan.sandbox.parts.Xml;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gaul.shaded.org.eclipse.jetty.io.Content;
import org.gaul.shaded.org.eclipse.jetty.server.Handler;
import org.gaul.shaded.org.eclipse.jetty.server.Request;
import org.gaul.shaded.org.eclipse.jetty.server.Response;
import org.gaul.shaded.org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers GET and PUT {@code ?notification} and {@code ?encryption}, which S3Proxy itself doesn't know, and hands it everything else. */
final class NotificationApi extends Handler.Wrapper {
    private static final String VIRTUAL_HOST = ".localhost";

    private static final Pattern OWNER = Pattern.compile("-of-(\\d{12})$");
    private static final String AES = Xml.tag(
            "ServerSideEncryptionConfiguration",
            Xml.tag("Rule", Xml.tag("ApplyServerSideEncryptionByDefault", Xml.text("SSEAlgorithm", "AES256"))));

    private final Map<String, String> encryptions = new ConcurrentHashMap<>();
    private final S3Notifications notifications;
    private final Predicate<String> bucketExists;

    NotificationApi(Handler s3, S3Notifications notifications, Predicate<String> bucketExists) {
        super(s3);
        this.notifications = notifications;
        this.bucketExists = bucketExists;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String expected = request.getHeaders().get("x-amz-expected-bucket-owner");
        if (expected != null && !expected.equals(owner(bucket(request)))) {
            response.setStatus(403);
            Content.Sink.write(response, true, "", callback);
            return true;
        }
        if (asksFor("notification", request.getHttpURI().getQuery())) {
            answer(request, response, callback);
            return true;
        }
        if (asksFor("encryption", request.getHttpURI().getQuery())) {
            encryption(request, response, callback);
            return true;
        }
        return super.handle(request, response, callback);
    }

    private void answer(Request request, Response response, Callback callback) throws Exception {
        String bucket = bucket(request);
        String answer = "";
        response.getHeaders().put("Content-Type", "application/xml");
        if (!bucketExists.test(bucket)) {
            response.setStatus(404);
            answer = error("NoSuchBucket", "The specified bucket does not exist");
        } else if (request.getMethod().equals("PUT")) {
            try {
                notifications.configure(bucket, Content.Source.asString(request, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                response.setStatus(400);
                answer = error("InvalidArgument", String.valueOf(e.getMessage()));
            }
        } else {
            answer = notifications.configuration(bucket);
        }
        Content.Sink.write(response, true, answer, callback);
    }

    /** Every bucket encrypts with S3's own keys, unless it was told another one ("Setting default server-side encryption"). */
    private void encryption(Request request, Response response, Callback callback) throws Exception {
        String bucket = bucket(request);
        String answer = "";
        response.getHeaders().put("Content-Type", "application/xml");
        if (!bucketExists.test(bucket)) {
            response.setStatus(404);
            answer = error("NoSuchBucket", "The specified bucket does not exist");
        } else if (request.getMethod().equals("PUT")) {
            encryptions.put(bucket, Content.Source.asString(request, StandardCharsets.UTF_8));
        } else {
            answer = encryptions.getOrDefault(bucket, AES);
        }
        Content.Sink.write(response, true, answer, callback);
    }

    private static boolean asksFor(String what, @Nullable String query) {
        return query != null && Arrays.stream(query.split("&")).anyMatch(p -> p.equals(what) || p.equals(what + "="));
    }

    /** A bucket named {@code …-of-111122223333} is that account's. */
    private static String owner(String bucket) {
        Matcher of = OWNER.matcher(bucket);
        return of.find() ? of.group(1) : Account.ID;
    }

    private static String bucket(Request request) {
        String host = Request.getServerName(request);
        if (host.endsWith(VIRTUAL_HOST)) {
            return host.substring(0, host.length() - VIRTUAL_HOST.length());
        }
        String path = Request.getPathInContext(request);
        int end = path.indexOf('/', 1);
        return path.substring(1, end < 0 ? path.length() : end);
    }

    private static String error(String code, String message) {
        return Xml.tag("Error", Xml.text("Code", code) + Xml.text("Message", message));
    }
}
