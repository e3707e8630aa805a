package dev.caravan.sandbox.aws;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request in AWS's query protocol: flat parameters, with lists and maps numbered from 1. */
record SnsRequest(Map<String, String> parameters) {
    /** A typed value that travels beside a message. Binary values are in Base64. */
    record Attribute(String type, String value) {
        boolean binary() {
            return type.startsWith("Binary");
        }
    }

    static SnsRequest parse(String form) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : form.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return new SnsRequest(parameters);
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }

    String get(String name) {
        return find(name).orElseThrow(() -> SnsError.invalid(name));
    }

    /** The map {@code prefix.entry.N.key/value}. */
    Map<String, String> map(String prefix) {
        Map<String, String> map = new LinkedHashMap<>();
        for (SnsRequest entry : list(prefix + ".entry")) {
            map.put(entry.get("key"), entry.find("value").orElse(""));
        }
        return map;
    }

    /** The structures {@code prefix.N.…}, each as a request of its own. */
    List<SnsRequest> list(String prefix) {
        List<SnsRequest> list = new ArrayList<>();
        while (true) {
            String start = prefix + "." + (list.size() + 1) + ".";
            Map<String, String> inner = new HashMap<>();
            parameters.forEach((name, value) -> {
                if (name.startsWith(start)) {
                    inner.put(name.substring(start.length()), value);
                }
            });
            if (inner.isEmpty()) {
                return list;
            }
            list.add(new SnsRequest(inner));
        }
    }

    Map<String, Attribute> messageAttributes() {
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        for (SnsRequest entry : list("MessageAttributes.entry")) {
            String value = entry.find("Value.StringValue")
                    .or(() -> entry.find("Value.BinaryValue"))
                    .orElse("");
            attributes.put(entry.get("Name"), new Attribute(entry.get("Value.DataType"), value));
        }
        return attributes;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
