/**
 * The topology's stores: their names, keys and rows, and the live sessions laid over them. The way in is {@link
 * dev.muster.streams.store.LiveSessions}: it takes events, and has written what is due before each commit. The table of the stores
 * stands at {@link dev.muster.streams.store.SessionStores}, the states of one session in memory at {@code LiveSession}.
 *
 * <p>Two may call the stores: the topology's processors, on the stream thread, and the local shard in {@code read.shard}, which
 * reads. Before a commit Kafka Streams calls {@link dev.muster.streams.store.LiveSessions#flushCache}, which writes what the
 * live sessions have not written yet.
 */
@NullMarked
package dev.muster.streams.store;

import org.jspecify.annotations.NullMarked;
