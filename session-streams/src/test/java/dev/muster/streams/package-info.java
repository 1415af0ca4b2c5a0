/** Tests of the topology on a real broker, and of the module's structure. */
@NullMarked
package dev.muster.streams;

import org.jspecify.annotations.NullMarked;
