/** Tests of the live sessions by themselves. */
@NullMarked
package dev.muster.streams.store;

import org.jspecify.annotations.NullMarked;
