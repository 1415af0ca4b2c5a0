/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.schemas.avro.HookEvent;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A look into an event's Avro body in the schema of today, which finds where each field is and makes no objects: a topology
 * needs a dozen of forty fields. It refuses what a whole reading would refuse. An instance is laid over one body after the
 * other, and belongs to one thread.
 *
 * <p>Fields are named by their position in the schema, see {@link #position}.
 */
public final class EventBody {

    private static final Schema SCHEMA = HookEvent.getClassSchema();
    private static final List<Schema.Field> FIELDS = SCHEMA.getFields();
    private static final Shape[] SHAPES =
            FIELDS.stream().map(field -> Shape.of(field.schema())).toArray(Shape[]::new);
    private static final int ABSENT = -1;
    /** From here on fields are mostly not there, and a field that is not takes one byte of 0, as a flag that is not set does. */
    private static final int TAIL = position("interrupted");

    private final int[] starts = new int[SHAPES.length];
    private byte[] bytes = {};
    private int offset;
    private int length;

    /**
     * The position of a field.
     *
     * @throws IllegalArgumentException if the schema has no field of that name
     */
    public static int position(String name) {
        Schema.Field field = SCHEMA.getField(name);
        if (field == null) {
            throw new IllegalArgumentException("HookEvent has no field " + name);
        }
        return field.pos();
    }

    /**
     * Lays this over a body, which must not change as long as it is looked at.
     *
     * @throws MalformedRecordException if the bytes do not fit the schema
     */
    public void over(byte[] record, int from, int size) throws MalformedRecordException {
        bytes = record;
        offset = from;
        length = size;
        int end = from + size;
        int at = from;
        for (int field = 0; field < SHAPES.length; field++) {
            if (field == TAIL && isNothing(record, at, end)) {
                skipTail(at);
                return;
            }
            Shape shape = SHAPES[field];
            if (shape.optional() && !AvroWalk.isPresent(record, at++, end)) {
                starts[field] = ABSENT;
            } else {
                starts[field] = at;
                at = shape.after(record, at, end);
            }
        }
        if (at != end) {
            throw AvroWalk.malformed("bytes are left over after the event");
        }
    }

    private static boolean isNothing(byte[] record, int from, int end) {
        if (end - from != SHAPES.length - TAIL) {
            return false;
        }
        for (int at = from; at < end; at++) {
            if (record[at] != 0) {
                return false;
            }
        }
        return true;
    }

    private void skipTail(int from) {
        for (int field = TAIL; field < SHAPES.length; field++) {
            starts[field] = SHAPES[field].optional() ? ABSENT : from + field - TAIL;
        }
    }

    /** How many bytes the body has. */
    public int length() {
        return length;
    }

    /** Where the body begins in {@link #bytes()}. */
    public int start() {
        return offset;
    }

    /** A copy of the body. */
    public byte[] toBytes() {
        return Arrays.copyOfRange(bytes, offset, offset + length);
    }

    /** Whether an optional field is there. */
    public boolean has(int field) {
        return starts[field] != ABSENT;
    }

    /** A number, or the ordinal of an enum's symbol. */
    public long number(int field) {
        return AvroWalk.number(bytes, starts[field]);
    }

    /** One of the numbers that a record begins with, by its position in it. */
    public long number(int field, int part) {
        int at = starts[field];
        for (int i = 0; i < part; i++) {
            at = AvroWalk.afterKnownNumber(bytes, at);
        }
        return AvroWalk.number(bytes, at);
    }

    /** A flag. */
    public boolean flag(int field) {
        return bytes[starts[field]] == 1;
    }

    /** How many bytes a text has in UTF-8; 0 when it is not there. */
    public int textLength(int field) {
        return has(field) ? (int) AvroWalk.number(bytes, starts[field]) : 0;
    }

    /** Where a text that is there begins in {@link #bytes()}. */
    public int textStart(int field) {
        return AvroWalk.afterKnownNumber(bytes, starts[field]);
    }

    /** The array that the body is in; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** A text; null when it is not there. */
    public @Nullable String text(int field) {
        return has(field) ? new String(bytes, textStart(field), textLength(field), UTF_8) : null;
    }

    /** A text that the schema does not let be missing. */
    public String requiredText(int field) {
        return new String(bytes, textStart(field), textLength(field), UTF_8);
    }
}
