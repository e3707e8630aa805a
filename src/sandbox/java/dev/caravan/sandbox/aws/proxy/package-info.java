/**
 * A reverse proxy in front of each AWS stand-in, which fails on request and shows every call to an observer, because the
 * stand-ins themselves never throttle, conflict or lose an answer. Fed by any client of AWS and by fault rules; feeds
 * {@code sandbox.aws}. {@link dev.caravan.sandbox.aws.proxy.FaultyAws} is the way in; without it nothing here runs.
 */
@NullMarked
package dev.caravan.sandbox.aws.proxy;

import org.jspecify.annotations.NullMarked;
