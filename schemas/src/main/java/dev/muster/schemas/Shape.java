/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas;

import java.util.List;
import org.apache.avro.Schema;

/**
 * How to step over a field: what its schema says, prepared once.
 *
 * @param type the type of its value
 * @param optional whether it is a union of null and that type
 * @param symbols an enum's count of symbols
 * @param parts a record's fields
 */
record Shape(Schema.Type type, boolean optional, int symbols, List<Shape> parts) {

    /**
     * The shape of a field.
     *
     * @throws IllegalArgumentException if the schema has something that events do not have so far
     */
    static Shape of(Schema schema) {
        if (schema.getType() != Schema.Type.UNION) {
            return of(schema, false);
        }
        List<Schema> branches = schema.getTypes();
        if (branches.size() != 2 || branches.get(0).getType() != Schema.Type.NULL) {
            throw new IllegalArgumentException("not a union of null and one type: " + schema);
        }
        return of(branches.get(1), true);
    }

    private static Shape of(Schema schema, boolean optional) {
        return switch (schema.getType()) {
            case STRING, LONG, BOOLEAN, DOUBLE -> new Shape(schema.getType(), optional, 0, List.of());
            case ENUM ->
                new Shape(schema.getType(), optional, schema.getEnumSymbols().size(), List.of());
            case RECORD ->
                new Shape(
                        schema.getType(),
                        optional,
                        0,
                        schema.getFields().stream()
                                .map(field -> of(field.schema()))
                                .toList());
            default -> throw new IllegalArgumentException("events have no " + schema.getType());
        };
    }

    /** The place behind a value of this shape; of an optional one that is there, behind its branch. */
    int after(byte[] bytes, int at, int end) throws MalformedRecordException {
        return switch (type) {
            case STRING -> AvroWalk.afterText(bytes, at, end);
            case LONG -> AvroWalk.afterNumber(bytes, at, end);
            case BOOLEAN -> AvroWalk.afterBytes(at, 1, end);
            case DOUBLE -> AvroWalk.afterBytes(at, Double.BYTES, end);
            case ENUM -> AvroWalk.afterSymbol(bytes, at, end, symbols);
            default -> afterParts(bytes, at, end);
        };
    }

    private int afterParts(byte[] bytes, int at, int end) throws MalformedRecordException {
        int here = at;
        for (Shape part : parts) {
            boolean isThere = !part.optional || AvroWalk.isPresent(bytes, here, end);
            here += part.optional ? 1 : 0;
            here = isThere ? part.after(bytes, here, end) : here;
        }
        return here;
    }
}
