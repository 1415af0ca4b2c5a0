/** The ecosystem's frame: Confluent's wire format, and the schema registry that its ids are from. */
@NullMarked
package dev.muster.schemas.registry;

import org.jspecify.annotations.NullMarked;
