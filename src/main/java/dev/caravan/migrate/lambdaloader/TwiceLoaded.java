package dev.caravan.migrate.lambdaloader;

/**
 * A file whose rows came twice.
 *
 * @param file its URL as the manifests have it
 * @param batch the first batch whose manifest names it
 * @param again the other batch; the same if one manifest names it twice
 */
public record TwiceLoaded(String file, String batch, String again) {}
