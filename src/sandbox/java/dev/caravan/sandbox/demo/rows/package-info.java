/** The sample rows among the resources. Fed by those; feeds the demo's acts. */
@NullMarked
package dev.caravan.sandbox.demo.rows;

import org.jspecify.annotations.NullMarked;
