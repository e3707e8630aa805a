package dev.caravan.sandbox.demo;

import java.util.List;
import software.amazon.awssdk.core.SdkBytes;

/**
 * A file to upload.
 *
 * @param key its key in the bucket
 * @param rows what it says, each a text per column; empty is null
 */
record SampleFile(String key, SdkBytes content, List<List<String>> rows) {}
