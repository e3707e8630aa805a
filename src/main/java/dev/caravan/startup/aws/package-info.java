/**
 * AWS as the configuration names it: its clients, and whether what is named is there and may be used. Fed by Camel's components and the settings;
 * feeds start-up and commands with clients, or with faults.
 */
@NullMarked
package dev.caravan.startup.aws;

import org.jspecify.annotations.NullMarked;
