/**
 * What the AWS loader ({@code aws-lambda-redshift-loader}) left behind: its configuration, its batches and the files that it took. Fed by its
 * DynamoDB tables, which are only read, and its manifests in S3; feeds {@code cli} with drafts of feeds, with the files that it lost, and with
 * those that it has loaded.
 */
@NullMarked
package dev.caravan.migrate.lambdaloader;

import org.jspecify.annotations.NullMarked;
