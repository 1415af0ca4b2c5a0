/** The topology's stores: their names, keys and rows, and the live sessions laid over them. */
@NullMarked
package dev.muster.streams.store;

import org.jspecify.annotations.NullMarked;
