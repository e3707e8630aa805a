/** Objects that Caravan writes itself, and folders of them. Fed by what reads databases; feeds COPY, and whoever reads them back. */
@NullMarked
package dev.caravan.s3.upload;

import org.jspecify.annotations.NullMarked;
