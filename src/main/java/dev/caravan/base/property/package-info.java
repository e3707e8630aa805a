/**
 * What the properties of a bean that a user writes are, each described once: its name, what it means, how its value is written and read, its default
 * ({@link dev.caravan.base.property.Property}), and the values that one bean has ({@link dev.caravan.base.property.Values}). Fed by Camel, which reads
 * beans from YAML and settings; feeds the beans, the start's faults, commands, and the reference. Knows no bean.
 */
@NullMarked
package dev.caravan.base.property;

import org.jspecify.annotations.NullMarked;
