/**
 * Starts and ends the topology, and hands out what reads its stores: {@link dev.muster.streams.SessionStreams}. The topology
 * itself stands in {@code topology}, its stores in {@code store}, the session model in {@code model}, prices in {@code price},
 * and the only way in for readers in {@code read}.
 */
@NullMarked
package dev.muster.streams;

import org.jspecify.annotations.NullMarked;
