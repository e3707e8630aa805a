/**
 * PostgreSQL's wire protocol, version 3: messages and the few that the gateway writes itself. Fed by sockets; feeds the
 * sessions in {@code dev.caravan.sandbox.redshift}.
 */
@NullMarked
package dev.caravan.sandbox.redshift.wire;

import org.jspecify.annotations.NullMarked;
