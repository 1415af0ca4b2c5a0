/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.schemas.avro.FactKind;
import org.jspecify.annotations.Nullable;

/**
 * A fact as it is kept in a chunk: the event's Avro body, and before it what the model needs when a session is loaded,
 * so that the bodies stay unread.
 *
 * @param id the hash of the fact's id
 * @param time its event time, epoch milliseconds
 * @param first the earliest time at which a copy says that it began
 * @param last the latest time of its copies
 * @param failedAt the append time of the first copy that failed, 0 when none did
 * @param kind what it is a fact of
 * @param pair what ties a tool call's start to its end, else 0
 * @param editorRequest the request that an editor's repeated usage belongs to, else 0
 * @param trace the hash of the id of the trace it belongs to
 * @param own whether it was sent with that trace's id, or fell into it by time
 * @param ranks the ranks of its fields' sources, null when all are of the event's own
 * @param body the event in Avro's binary encoding
 */
public record FactRow(
        long id,
        long time,
        long first,
        long last,
        long failedAt,
        FactKind kind,
        long pair,
        long editorRequest,
        long trace,
        boolean own,
        byte @Nullable [] ranks,
        byte[] body) {

    private static final FactKind[] KINDS = FactKind.values();
    /** Objects and references around the body. */
    private static final int OVERHEAD_BYTES = 128;

    /** The same fact in another trace. */
    FactRow in(long otherTrace) {
        return new FactRow(id, time, first, last, failedAt, kind, pair, editorRequest, otherTrace, own, ranks, body);
    }

    /** The same fact with its body written anew. */
    FactRow with(byte[] otherBody) {
        return new FactRow(id, time, first, last, failedAt, kind, pair, editorRequest, trace, own, ranks, otherBody);
    }

    /** Its place compared with another, as fences are. */
    int order(long otherTime, long otherId) {
        return time != otherTime ? Long.compare(time, otherTime) : Long.compareUnsigned(id, otherId);
    }

    FactPosition fence() {
        return new FactPosition(time, id);
    }

    boolean isPrompt() {
        return kind == FactKind.PROMPT;
    }

    boolean fallsByTime() {
        return !own && !isPrompt();
    }

    int weight() {
        return body.length + OVERHEAD_BYTES;
    }

    void write(StateOutput out) {
        out.item();
        out.number(id);
        out.number(time);
        out.number(time - first);
        out.number(last - time);
        out.number(failedAt);
        out.number(kind.ordinal());
        out.number(pair);
        out.number(editorRequest);
        out.number(trace);
        out.flag(own);
        out.optionalBytes(ranks);
        out.number(body.length);
    }

    /** Reads a row without its body, which has the length that the row says. */
    static FactRow read(StateInput in) {
        long id = in.number();
        long time = in.number();
        return new FactRow(
                id,
                time,
                time - in.number(),
                time + in.number(),
                in.number(),
                KINDS[(int) in.number()],
                in.number(),
                in.number(),
                in.number(),
                in.flag(),
                in.optionalBytes(),
                new byte[(int) in.number()]);
    }
}
