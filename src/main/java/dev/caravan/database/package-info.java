/** The databases beside Redshift that tables come from or go to. Fed by DataSource beans; feeds pipelines with connections. */
@NullMarked
package dev.caravan.database;

import org.jspecify.annotations.NullMarked;
