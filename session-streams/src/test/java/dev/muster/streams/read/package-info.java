/** Tests of the read side. */
@NullMarked
package dev.muster.streams.read;

import org.jspecify.annotations.NullMarked;
