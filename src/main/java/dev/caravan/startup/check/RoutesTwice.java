package dev.caravan.startup.check;

import dev.caravan.startup.check.RouteTexts.NamedBean;
import dev.caravan.startup.check.RouteTexts.NamedRoute;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Ids of routes and route configurations that stand in two files: Camel would take the one that it reads last, and say nothing. */
public final class RoutesTwice {
    private final Map<Place, Set<String>> twice = new LinkedHashMap<>();

    /** @param routes all, in the order of their files */
    public RoutesTwice(List<NamedRoute> routes) {
        Map<String, NamedRoute> first = new TreeMap<>();
        for (NamedRoute route : routes) {
            NamedRoute before = first.putIfAbsent(route.kind() + " " + route.id(), route);
            if (before != null) {
                twice.computeIfAbsent(
                                new Place(route.kind(), before.file(), route.file()), place -> new LinkedHashSet<>())
                        .add(route.id());
            }
        }
    }

    private record Place(String kind, String first, String second) {}

    /** A sentence for each pair of files. */
    public List<String> faults() {
        return twice.entrySet().stream()
                .map(entry -> fault(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static String fault(Place place, Set<String> ids) {
        String what = place.kind() + (ids.size() == 1 ? " " : "s ") + String.join(", ", ids);
        return place.first().equals(place.second())
                ? place.first() + " defines " + what + " twice: delete one, or give it another id"
                : place.first() + " and " + place.second() + " both define " + what
                        + ": keep one of the two files, with your changes in it";
    }

    /** Whether two beans of one name stand in files of which only one is to be kept: then they are no fault of their own. */
    public boolean explains(NamedBean one, NamedBean other) {
        return twice.keySet().stream()
                .anyMatch(place -> place.first().equals(one.file())
                        && place.second().equals(other.file())
                        && !one.file().equals(other.file()));
    }
}
