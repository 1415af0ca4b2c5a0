/** Tests of the topology. */
@NullMarked
package dev.muster.streams.store;

import org.jspecify.annotations.NullMarked;
