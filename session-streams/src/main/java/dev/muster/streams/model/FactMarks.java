/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Source;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What facts a session may have: so whoever looks for a rare one passes over sessions that cannot have it. Marks of every copy that
 * was told, so that what a fact is merged to is among them; they only grow. Types and outcomes are exact. Tools and agents have a
 * signature of their names, and traces of their ids: a Bloom filter of 128 bits, three of them for a name. With five names in it, about
 * one of a thousand others seems to be there; with two hundred, most do.
 *
 * <p>The same marks say what is looked for: each that is set is to be there. Those of a session are not to be changed by who reads it.
 */
public final class FactMarks {

    /** How many numbers the marks are. */
    public static final int WORDS = 5;

    private static final int KINDS = 0;
    private static final int NAMES = 1;
    private static final int TRACES = 3;
    /** In {@link #KINDS} types are from the first bit on, by their positions, and outcomes from here: rows have them so. */
    private static final int OUTCOMES = 32;
    /** And from here the sources; rows of before have none. */
    private static final int SOURCES = 48;

    private static final long ALL_SOURCES = ((1L << Source.values().length) - 1) << SOURCES;
    /** A hook tells no tokens, and neither does the span of a tool's run. */
    private static final long SOURCES_WITHOUT_USAGE =
            1L << (SOURCES + Source.HOOK.ordinal()) | 1L << (SOURCES + Source.OTLP_TOOL_EXECUTION.ordinal());

    /** 2 to the power of 64, divided by the golden ratio: spreads a hash over the high bits. */
    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;
    /** A position in 128 bits. */
    private static final int POSITION_BITS = 7;

    private static final int BITS_A_NAME = 3;

    private final long[] words = new long[WORDS];

    /** Marks of nothing. */
    public FactMarks() {}

    /** Takes in what a copy of a fact told. */
    void add(Fact copy) {
        mark(copy.type);
        mark(SOURCES + copy.source);
        if (copy.outcome >= 0) {
            mark(OUTCOMES + copy.outcome);
        }
        if (copy.interrupted) {
            // Whoever looks for what was broken off looks for what failed: another copy may tell that.
            addOutcome(Outcome.FAILED);
        }
        addName(copy.agentId);
        if (copy.tool != null) {
            addName(copy.tool);
        }
        if (copy.traceHash != 0) {
            sign(TRACES, copy.traceHash);
        }
        if (copy.isPrompt()) {
            // Whatever its own trace is: another copy may leave it without one.
            addTrace(copy.traceOfItsOwn());
        }
    }

    /** Whether all that was told came from sources that never tell what was used, as hooks. */
    boolean isWithoutUsage() {
        long sources = words[KINDS] & ALL_SOURCES;
        return sources != 0 && (sources & ~SOURCES_WITHOUT_USAGE) == 0;
    }

    /** There is to be a fact of a type. */
    public void addType(EventType type) {
        mark(type.ordinal());
    }

    /** There is to be a fact with an outcome. */
    public void addOutcome(Outcome outcome) {
        mark(OUTCOMES + outcome.ordinal());
    }

    private void mark(int kind) {
        words[KINDS] |= 1L << kind;
    }

    /** There is to be a fact of a tool or an agent. */
    public void addName(String name) {
        sign(NAMES, name.hashCode());
    }

    /** There is to be a trace, other than that of facts before any prompt. */
    public void addTrace(String traceId) {
        sign(TRACES, TraceAggregate.hashOf(traceId));
    }

    private void sign(int signature, long hash) {
        long spread = hash * GOLDEN;
        for (int i = 1; i <= BITS_A_NAME; i++) {
            int position = (int) (spread >>> (Long.SIZE - i * POSITION_BITS)) & ((1 << POSITION_BITS) - 1);
            words[signature + position / Long.SIZE] |= 1L << position;
        }
    }

    /** Writes the {@link #WORDS} numbers that they are, one behind the other. */
    public void copyTo(long[] target, int from) {
        System.arraycopy(words, 0, target, from, WORDS);
    }

    /** Whether nothing is marked. */
    public boolean isEmpty() {
        return Arrays.stream(words).allMatch(word -> word == 0);
    }

    /** Whether all that is marked here is marked in others. */
    public boolean isWithin(FactMarks others) {
        return isWithin(others.words, 0);
    }

    /**
     * Whether all that is marked here is marked in others.
     *
     * @param others marks, one behind the other
     * @param from where the wanted ones begin
     */
    public boolean isWithin(long[] others, int from) {
        for (int i = 0; i < WORDS; i++) {
            if ((words[i] & ~others[from + i]) != 0) {
                return false;
            }
        }
        return true;
    }

    void write(StateOutput out) {
        int bytes = WORDS * Long.BYTES;
        byte[] space = out.space(bytes);
        ByteBuffer.wrap(space).asLongBuffer().put(words);
        out.bytes(space, 0, bytes);
    }

    static FactMarks read(StateInput in) {
        FactMarks marks = new FactMarks();
        byte[] read = in.bytes();
        for (int i = 0; i < WORDS; i++) {
            // A row of before there were marks may have anything.
            marks.words[i] = read.length != WORDS * Long.BYTES
                    ? -1
                    : ByteBuffer.wrap(read).getLong(i * Long.BYTES);
        }
        return marks;
    }
}
