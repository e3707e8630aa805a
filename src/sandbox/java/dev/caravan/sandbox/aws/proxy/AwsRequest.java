package dev.caravan.sandbox.aws.proxy;

import dev.caravan.sandbox.faults.Call;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.http.Header;
import org.apache.http.HttpRequest;

/**
 * A client's request, as its service understands it.
 *
 * @param json whether it speaks AWS's JSON protocol, and so must its answer; else XML
 */
record AwsRequest(AwsService service, String operation, String text, boolean json, Optional<String> ledgerStep) {
    private static final Pattern STEP = Pattern.compile("\\bcaravan/(\\S+)");
    private static final Pattern KEY = Pattern.compile("<Key>([^<]*)</Key>");
    private static final String TARGET = "X-Amz-Target";

    static AwsRequest of(AwsService service, HttpRequest request, byte[] body) {
        Optional<String> step = header(request, "User-Agent")
                .map(STEP::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1));
        Optional<String> target = header(request, TARGET);
        if (service == AwsService.S3) {
            S3Target s3 = S3Target.of(request);
            String text = s3.operation().equals("DeleteObjects") ? objects(s3.path(), body) : s3.path();
            return new AwsRequest(service, s3.operation(), text, false, step);
        }
        String text = new String(body, StandardCharsets.UTF_8);
        if (target.isPresent()) {
            String operation = target.get().substring(target.get().lastIndexOf('.') + 1);
            return new AwsRequest(service, operation, text, true, step);
        }
        String form = Arrays.stream(text.split("&"))
                .map(AwsRequest::decoded)
                .reduce((some, more) -> some + "\n" + more)
                .orElse("");
        String action = form.lines()
                .filter(line -> line.startsWith("Action="))
                .map(line -> line.substring("Action=".length()))
                .findFirst()
                .orElse("");
        return new AwsRequest(service, action, form, false, step);
    }

    /** Those that a request is to delete, a line each. */
    private static String objects(String bucket, byte[] body) {
        return KEY.matcher(new String(body, StandardCharsets.UTF_8))
                .results()
                .map(key -> bucket.replaceFirst("/?$", "/") + key.group(1))
                .collect(Collectors.joining("\n"));
    }

    /** What fault rules match. */
    String subject() {
        return operation + " " + text;
    }

    Call call() {
        String step = ledgerStep.map(name -> "ledger " + name).orElse(service.text() + " " + operation);
        return Call.of(service.text(), operation, step, text);
    }

    static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    static Optional<String> header(HttpRequest request, String name) {
        return Optional.ofNullable(request.getFirstHeader(name)).map(Header::getValue);
    }
}
