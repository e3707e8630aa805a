package dev.caravan.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.caravan.ledger.ClusterHolds;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.dynamo.DynamoDbLedger;
import dev.caravan.ledger.notes.DynamoDbClusterHolds;
import dev.caravan.ledger.runs.Runs;
import dev.caravan.ledger.runs.Units;
import dev.caravan.operate.reload.JavaRoutes;
import dev.caravan.sandbox.RouteFolders;
import dev.caravan.sandbox.run.CaravanProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What there is to be reached: asked of the code and of the routes, so that nothing new is forgotten. */
final class Shipped {
    private static final Pattern READS = Pattern.compile("(get|batchGet|query|scan|describe|list).*");
    private static final Pattern ENDPOINT =
            Pattern.compile("\\bto[D]?:\\s*(?:\\{\\s*)?(?:id:\\s*[\\w-]+,?\\s*)?(?:uri:\\s*)?\"?([\\w-]+):");

    private static final String LEDGER = Ledger.class.getPackageName();

    private Shipped() {}

    /** The ledger's methods that write to DynamoDB, found by following the calls of their code. */
    static Set<String> ledgerWrites() {
        JavaClasses classes = new ClassFileImporter().importPackages(LEDGER);
        Set<String> writes = new TreeSet<>(writes(classes.get(DynamoDbLedger.class), Ledger.class));
        writes.addAll(writes(classes.get(DynamoDbClusterHolds.class), ClusterHolds.class));
        writes(classes.get(Runs.class)).forEach(name -> writes.add(name + "Run"));
        writes(classes.get(Units.class)).forEach(name -> writes.add(name + (name.equals("plan") ? "Units" : "Unit")));
        return writes;
    }

    private static Set<String> writes(JavaClass type) {
        return type.getMethods().stream()
                .filter(method ->
                        method.getModifiers().contains(JavaModifier.PUBLIC) && writes(method, new HashSet<>()))
                .map(JavaMethod::getName)
                .collect(Collectors.toSet());
    }

    private static Set<String> writes(JavaClass type, Class<?> contract) {
        Set<String> names = Arrays.stream(contract.getMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .map(java.lang.reflect.Method::getName)
                .collect(Collectors.toSet());
        return type.getMethods().stream()
                .filter(method -> names.contains(method.getName()) && writes(method, new HashSet<>()))
                .map(JavaMethod::getName)
                .collect(Collectors.toSet());
    }

    private static boolean writes(JavaMethod method, Set<JavaMethod> seen) {
        if (!seen.add(method)) {
            return false;
        }
        for (JavaMethodCall call : method.getMethodCallsFromSelf()) {
            if (call.getTargetOwner().isEquivalentTo(DynamoDbClient.class)) {
                if (!READS.matcher(call.getName()).matches()) {
                    return true;
                }
            } else if (call.getTargetOwner().getPackageName().startsWith(LEDGER)
                    && call.getTarget()
                            .resolveMember()
                            .filter(target -> writes(target, seen))
                            .isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** The schemes of what the shipped routes send to, {@code direct} and {@code seda} apart, which are other routes. */
    static Set<String> endpointSchemes() {
        return routeFiles()
                .flatMap(file -> ENDPOINT.matcher(read(file)).results().map(found -> found.group(1)))
                .filter(scheme -> !scheme.equals("direct") && !scheme.equals("seda"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The shipped routes that have handled nothing in a process. */
    static Set<String> idleRoutes(CaravanProcess process) {
        try {
            String question = "{\"type\":\"read\",\"mbean\":\"org.apache.camel:context=*,type=routes,name=*\","
                    + "\"attribute\":\"ExchangesTotal\"}";
            String answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(process.hawtio() + "jolokia"))
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(question))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            JsonNode routes = new ObjectMapper().readTree(answer).path("value");
            Stream<String> files = routeFiles()
                    .map(file -> file.getFileName().toString().replace(".camel.yaml", ""))
                    .filter(route -> !route.equals("errors"));
            return Stream.concat(files, JavaRoutes.ids().stream())
                    .filter(route -> routes.path("org.apache.camel:context=caravan,name=\"" + route + "\",type=routes")
                                    .path("ExchangesTotal")
                                    .asLong()
                            == 0)
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Stream<Path> routeFiles() {
        return RouteFolders.files().stream();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
