package dev.caravan.sandbox.aws.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A bucket's notification configuration: which events go where. Functions and EventBridge may be named, and hear of nothing.
 *
 * @param xml the document as it was put
 */
record NotificationConfiguration(String xml, List<Rule> rules) {
    static final NotificationConfiguration NONE = new NotificationConfiguration(
            "<NotificationConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"/>", List.of());

    private static final int LONGEST_FILTER = 1024;

    /**
     * One queue's or topic's part.
     *
     * @param prefix as it was put, percent-encoded
     * @param suffix likewise
     */
    record Rule(String id, String destinationArn, List<String> events, String prefix, String suffix) {
        /** S3 compares with the key as its events write it: a filter {@code dt=} fits no key, {@code dt%3D} does. */
        boolean wants(ObjectCreated event) {
            String name = "s3:" + event.eventName();
            String key = S3EventMessage.encoded(event.key());
            return key.startsWith(prefix)
                    && key.endsWith(suffix)
                    && events.stream()
                            .anyMatch(e -> e.equals(name)
                                    || (e.endsWith(":*") && name.startsWith(e.substring(0, e.length() - 1))));
        }
    }

    /** Reads S3's XML. Throws {@link IllegalArgumentException} for what it can't read or the sandbox doesn't do. */
    static NotificationConfiguration parse(String xml) {
        Element root = document(xml).getDocumentElement();
        List<Rule> rules = new ArrayList<>();
        for (Element part : children(root)) {
            switch (part.getLocalName()) {
                case "QueueConfiguration" -> rules.add(rule(part, "Queue"));
                case "TopicConfiguration" -> rules.add(rule(part, "Topic"));
                case "CloudFunctionConfiguration" -> rules.add(rule(part, "CloudFunction"));
                case "EventBridgeConfiguration" -> {}
                default -> throw new IllegalArgumentException("The sandbox doesn't do " + part.getLocalName());
            }
        }
        OverlappingRules.refuse(rules);
        return new NotificationConfiguration(xml, List.copyOf(rules));
    }

    private static Rule rule(Element part, String destination) {
        String prefix = "";
        String suffix = "";
        for (Element filter : elements(part, "FilterRule")) {
            String value = text(filter, "Value");
            if (value.length() > LONGEST_FILTER) {
                throw new IllegalArgumentException("filter value can not be longer than " + LONGEST_FILTER);
            }
            if (text(filter, "Name").equalsIgnoreCase("prefix")) {
                prefix = value;
            } else {
                suffix = value;
            }
        }
        List<String> events = elements(part, "Event").stream()
                .map(e -> e.getTextContent().trim())
                .toList();
        for (String event : events) {
            if (!event.startsWith("s3:ObjectCreated:")) {
                throw new IllegalArgumentException("The sandbox sends s3:ObjectCreated events only, not " + event);
            }
        }
        if (text(part, destination).trim().endsWith(".fifo")) {
            throw new IllegalArgumentException("Unable to validate the following destination configurations: FIFO");
        }
        String id = elements(part, "Id").isEmpty() ? UUID.randomUUID().toString() : text(part, "Id");
        return new Rule(id, text(part, destination).trim(), events, prefix, suffix);
    }

    private static Document document(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new IllegalArgumentException("Not a notification configuration: " + e.getMessage(), e);
        }
    }

    private static String text(Element in, String name) {
        return elements(in, name).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Missing " + name + " in " + in.getLocalName()))
                .getTextContent();
    }

    private static List<Element> elements(Element in, String name) {
        return list(in.getElementsByTagNameNS("*", name));
    }

    private static List<Element> children(Element in) {
        return list(in.getChildNodes());
    }

    private static List<Element> list(NodeList nodes) {
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .toList();
    }
}
