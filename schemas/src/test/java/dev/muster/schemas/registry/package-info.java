/** A small registry and the real serializer, to hold the wire format against. */
@NullMarked
package dev.muster.schemas.registry;

import org.jspecify.annotations.NullMarked;
