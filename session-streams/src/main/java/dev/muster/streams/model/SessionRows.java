/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The stored rows of one session, wherever they are kept. */
public interface SessionRows {

    /** The session's figures; null when it was never written. */
    byte @Nullable [] session();

    /** Writes the session's figures. */
    void putSession(byte[] value);

    /** Shows every closed activity window: its start and its end. */
    void eachWindow(WindowConsumer windows);

    /** Writes a closed activity window. */
    void putWindow(long start, long end);

    /** Deletes a window, if it is there. */
    void deleteWindow(long start);

    /** Shows every chunk in the order of the fences. */
    void eachChunk(BiConsumer<FactPosition, byte[]> chunks);

    /** A chunk that was written. */
    byte[] chunk(FactPosition fence);

    /** Writes a chunk. */
    void putChunk(FactPosition fence, byte[] value);

    /** Deletes a chunk, if it is there. */
    void deleteChunk(FactPosition fence);

    /** Shows every page of locations of traces, in order. */
    void eachTracePage(Consumer<byte[]> pages);

    /** Writes a page of these locations; the first is page 0. */
    void putTracePage(int number, byte[] value);

    /** The figures of the trace with that hash of its id, which were written under that start. */
    byte[] trace(long hash, long start);

    /** Writes a trace's figures under its start. */
    void putTrace(String id, long start, byte[] value);

    /** The figures of the traces that started before a time, epoch milliseconds. */
    List<byte[]> tracesStartedBefore(long time);

    /** Deletes a trace that was written under a start. */
    void deleteTrace(String id, long writtenStart);

    /** Takes a window's start and end. */
    @FunctionalInterface
    interface WindowConsumer {
        /** Takes one window, epoch milliseconds. */
        void accept(long start, long end);
    }
}
