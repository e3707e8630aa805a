package dev.caravan.dataapi;

import java.util.List;

/** What IAM has to allow. */
public record Permission(List<String> actions, List<String> resources) {}
