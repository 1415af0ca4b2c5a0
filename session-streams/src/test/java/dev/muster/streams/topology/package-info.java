/** Tests of the topology. */
@NullMarked
package dev.muster.streams.topology;

import org.jspecify.annotations.NullMarked;
