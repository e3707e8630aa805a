package dev.caravan.operate.setup;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Statements of IAM policies, in as many documents as IAM wants: a managed policy has at most 6,144 characters, white space not counted, and by
 * default 10 are attached to a role ("IAM and AWS STS quotas" in IAM's user guide).
 */
final class PolicyDocuments {
    static final int LONGEST = 6_144;

    /** Some are left for what others attach. */
    static final int MOST = 8;

    private static final int AROUND = "{\"Version\":\"2012-10-17\",\"Statement\":[]}".length();

    private final List<List<ObjectNode>> documents = new ArrayList<>(List.of(new ArrayList<>()));
    private int length = AROUND;

    /** Nothing if there is no resource. */
    void allow(Collection<String> actions, Collection<String> resources) {
        allow(actions, resources, Optional.empty());
    }

    /** As above, on a condition. */
    void allow(Collection<String> actions, Collection<String> resources, Optional<ObjectNode> condition) {
        List<String> left = new ArrayList<>(resources);
        while (!left.isEmpty()) {
            int fits = left.size();
            while (fits > 1 && length + size(statement(actions, left.subList(0, fits), condition)) > LONGEST) {
                fits = fits > 32 ? fits - 16 : fits - 1;
            }
            ObjectNode statement = statement(actions, left.subList(0, fits), condition);
            if (length + size(statement) > LONGEST) {
                documents.add(new ArrayList<>());
                length = AROUND;
                continue;
            }
            documents.get(documents.size() - 1).add(statement);
            length += size(statement);
            left.subList(0, fits).clear();
        }
    }

    private static int size(ObjectNode statement) {
        return statement.toString().length() + 1;
    }

    private static ObjectNode statement(
            Collection<String> actions, List<String> resources, Optional<ObjectNode> condition) {
        ObjectNode statement = JsonNodeFactory.instance.objectNode().put("Effect", "Allow");
        ArrayNode listed = statement.putArray("Action");
        actions.forEach(listed::add);
        if (resources.size() == 1) {
            statement.put("Resource", resources.get(0));
        } else {
            ArrayNode all = statement.putArray("Resource");
            resources.forEach(all::add);
        }
        condition.ifPresent(only -> statement.set("Condition", only));
        return statement;
    }

    /** Each a policy with a line for each statement. */
    List<String> texts() {
        return documents.stream()
                .map(statements -> "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n"
                        + statements.stream().map(PolicyDocuments::line).collect(Collectors.joining(",\n"))
                        + "\n  ]\n}")
                .toList();
    }

    private static String line(ObjectNode statement) {
        return "    "
                + statement
                        .toString()
                        .replace("\":", "\": ")
                        .replace("\",\"", "\", \"")
                        .replace("],\"", "], \"");
    }
}
