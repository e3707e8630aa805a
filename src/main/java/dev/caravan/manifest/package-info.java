/** The COPY manifest in S3, and nothing else. Fed by the entries of a locked batch; feeds {@code copy}. */
@NullMarked
package dev.caravan.manifest;

import org.jspecify.annotations.NullMarked;
