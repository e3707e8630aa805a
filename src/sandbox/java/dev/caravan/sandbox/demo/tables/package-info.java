/**
 * The demo's second act: tables of a shop in a real database, brought to the sandbox's Redshift by the shipped jar and routes while the shop goes on
 * working, and compared with it. Fed by the command line; feeds a source database with a shop, and its reader with what happens.
 */
@NullMarked
package dev.caravan.sandbox.demo.tables;

import org.jspecify.annotations.NullMarked;
