/**
 * The topology's stores: their names, keys and rows, and the live sessions laid over them. The table of the stores stands at
 * {@link dev.muster.streams.store.SessionStores}, a session's states in memory at {@code LiveSession}.
 */
@NullMarked
package dev.muster.streams.store;

import org.jspecify.annotations.NullMarked;
