/** The AWS loader's tables and manifests as it writes them, in the sandbox, and what is read from them. */
@NullMarked
package dev.caravan.migrate.lambdaloader;

import org.jspecify.annotations.NullMarked;
