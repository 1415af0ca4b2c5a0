/** Muster beside a real schema registry and Confluent's own classes. */
@NullMarked
package dev.muster.standalone.registry;

import org.jspecify.annotations.NullMarked;
