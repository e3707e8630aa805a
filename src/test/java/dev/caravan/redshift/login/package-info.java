@NullMarked
package dev.caravan.redshift.login;

import org.jspecify.annotations.NullMarked;
