package dev.caravan.operate.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import org.apache.camel.ServiceStatus;
import org.jolokia.server.core.restrictor.RestrictorFactory;
import org.jolokia.server.core.service.api.Restrictor;
import org.jolokia.server.core.util.HttpMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the console refuses, and to whom: with the policy that is shipped. */
class HawtioRefusalTest extends RunningConsole {
    private static final String PARK = "org.apache.camel:context=console-test,name=%22park%22,type=routes/stop()";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ROUTE + "|remove()",
                ROUTE + "|updateRouteFromXml(java.lang.String)",
                CONTEXT + "|stop()",
                CONTEXT + "|sendStringBody(java.lang.String,java.lang.String)",
                CONTEXT + "|createEndpoint(java.lang.String)",
                "com.sun.management:type=DiagnosticCommand|vmSystemProperties",
                "com.sun.management:type=HotSpotDiagnostic|dumpHeap",
                "java.util.logging:type=Logging|setLoggerLevel",
                "java.lang:type=Memory|gc",
                "jolokia:type=Config|setHistoryEntriesForAttribute",
            })
    void whatCouldRunCodeStopCaravanOrTellSecretsIsRefused(String mbean, String operation) throws Exception {
        assertForbidden(jolokia(exec(mbean, operation)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SystemProperties", "InputArguments", "ClassPath"})
    void whatMayHoldSecretsIsNotRead(String attribute) throws Exception {
        assertForbidden(jolokia(
                "{\"type\":\"read\",\"mbean\":\"java.lang:type=Runtime\",\"attribute\":\"" + attribute + "\"}"));
        for (String several : List.of("null", "[\"Name\",\"" + attribute + "\"]")) {
            for (String mbean : List.of("java.lang:type=Runtime", "java.lang:*")) {
                String body = "{\"type\":\"read\",\"mbean\":\"" + mbean + "\",\"attribute\":" + several
                        + ",\"config\":{\"ignoreErrors\":true}}";
                assertThat(jolokia(body).path("value").findValues(attribute))
                        .allSatisfy(value ->
                                assertThat(value.path("error").asText()).contains("forbidden"));
            }
        }
    }

    @Test
    void nothingIsWritten() throws Exception {
        assertForbidden(jolokia(
                "{\"type\":\"write\",\"mbean\":\"" + ROUTE + "\",\"attribute\":\"TracingEnabled\",\"value\":true}"));
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, http://evil.example",
        "Origin, null",
        "Origin, http://localhost:1",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Referer, http://evil.example/page",
    })
    void foreignPagesAreRefused(String header, String value) throws Exception {
        HttpResponse<String> answer =
                http.send(posted(VERSION).header(header, value).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).doesNotContain("agent");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/version", "/read/java.lang:type=Memory", "?p=read/java.lang:type=Memory", "/exec/" + PARK})
    void jolokiaIsNeverAskedByAnotherMethodThanPost(String path) throws Exception {
        for (String method : List.of("GET", "HEAD", "PUT", "OPTIONS")) {
            HttpResponse<String> answer = http.send(
                    request("/hawtio/jolokia" + path)
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(method).isEqualTo(405);
            assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
        }
        assertThat(status()).isEqualTo(ServiceStatus.Started);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=application/json",
                ""
            })
    void whatAFormOfAnyPageCanPostIsRefused(String type) throws Exception {
        HttpRequest.Builder request =
                request("/hawtio/jolokia").POST(HttpRequest.BodyPublishers.ofString(exec(ROUTE, "stop()")));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        assertThat(http.send(request.build(), BodyHandlers.ofString()).statusCode())
                .isEqualTo(415);
        assertThat(status()).isEqualTo(ServiceStatus.Started);
    }

    /** Jolokia's own policy says it as well, should a request find a way around what stands before it. */
    @Test
    void thePolicyAllowsPostOnly() throws IOException {
        Restrictor policy = RestrictorFactory.lookupPolicyRestrictor(System.getProperty("jolokia.policyLocation"));
        assertThat(policy.isHttpMethodAllowed(HttpMethod.GET)).isFalse();
        assertThat(policy.isHttpMethodAllowed(HttpMethod.POST)).isTrue();
        assertThat(policy.isOriginAllowed("http://evil.example", true)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "svc.cluster.local",
                "a.caravan.example.com"
            })
    void aForeignNameThatPointsHereIsRefused(String name) throws Exception {
        for (String path : List.of(
                "/",
                "/hawtio/",
                "/hawtio/jolokia",
                "/observe/health",
                "/observe/health/live",
                "/observe/metrics",
                "/other")) {
            assertThat(statusUnder(name + ":" + port, path)).as(path).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.2.3", "caravan", "caravan.example.com"})
    void hawtioAnswersThisMachineOnly(String name) throws Exception {
        assertThat(statusUnder(name + ":" + port, "/hawtio/")).isEqualTo(403);
        assertThat(statusUnder(name + ":" + port, "/hawtio/jolokia")).isEqualTo(403);
    }

    /** Camel's server would echo any origin if its CORS were on (CVE-2026-84176): it isn't, so browsers keep answers from foreign pages. */
    @ParameterizedTest
    @ValueSource(strings = {"/observe/health", "/observe/metrics", "/hawtio/", "/hawtio/jolokia"})
    void noOriginIsReflected_andEveryAnswerIsConfined(String path) throws Exception {
        for (String method : List.of("GET", "OPTIONS")) {
            HttpResponse<String> answer = http.send(
                    request(path)
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .header("Origin", "http://evil.example")
                            .header("Access-Control-Request-Method", "POST")
                            .header("Access-Control-Request-Headers", "content-type")
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.headers().map().keySet())
                    .noneMatch(header -> header.toLowerCase(Locale.ROOT).startsWith("access-control-"));
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("X-Frame-Options")).contains("DENY");
            assertThat(answer.headers().firstValue("Content-Security-Policy")).contains("frame-ancestors 'none'");
            assertThat(answer.headers().firstValue("Cross-Origin-Resource-Policy"))
                    .contains("same-origin");
        }
    }

    /** A hole of Vert.x before 4.5.24 (CVE-2026-1002): it remembered of the page that it isn't there. */
    @ParameterizedTest
    @ValueSource(
            strings = {"x%2F..%2Findex.html", "x%2f%2e%2e%2findex.html", "x/..%2Findex.html", "static%2F..%2Findex.html"
            })
    void aPageCannotBeHiddenFromOthers(String path) throws Exception {
        assertThat(get("/hawtio/index.html").statusCode()).isEqualTo(200);
        get("/hawtio/" + path);
        assertThat(get("/hawtio/index.html").statusCode()).isEqualTo(200);
        assertThat(get("/hawtio/").statusCode()).isEqualTo(200);
    }

    @Test
    void onlyThisMachineIsListenedTo() throws IOException {
        NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .forEach(address -> assertThatThrownBy(() -> connect(address)).isInstanceOf(ConnectException.class));
    }

    private void connect(InetAddress address) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 2000);
        }
    }

    private static void assertForbidden(JsonNode answer) {
        assertThat(answer.path("status").asInt()).isEqualTo(403);
        assertThat(answer.has("value")).isFalse();
    }
}
