/**
 * The demo: loads real sample files through the shipped jar and routes into the sandbox, and proves that every row arrived once. Fed by
 * the command line and by the sample rows among the test resources; feeds S3 with files, and its reader with a table.
 */
@NullMarked
package dev.caravan.sandbox.demo;

import org.jspecify.annotations.NullMarked;
