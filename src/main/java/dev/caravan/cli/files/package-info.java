/** Commands about files: list, describe, reload. Fed by the ledger and S3; feeds a terminal, and the ledger with what a person wants loaded again. */
@NullMarked
package dev.caravan.cli.files;

import org.jspecify.annotations.NullMarked;
