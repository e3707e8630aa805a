/** What is to be mirrored: beans of type {@code TableMirror}, their properties, and what is wrong with them. Fed by {@code routes/}; feeds every other part of the pipeline. */
@NullMarked
package dev.caravan.pipeline.redshifttopostgres.mirror;

import org.jspecify.annotations.NullMarked;
