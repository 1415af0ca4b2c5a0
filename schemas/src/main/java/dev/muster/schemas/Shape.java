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

    void skip(AvroWalk in) throws MalformedRecordException {
        switch (type) {
            case STRING -> in.skipText();
            case LONG -> in.next();
            case BOOLEAN -> in.skip(1);
            case DOUBLE -> in.skip(Double.BYTES);
            case ENUM -> in.skipSymbol(symbols);
            default -> skipParts(in);
        }
    }

    private void skipParts(AvroWalk in) throws MalformedRecordException {
        for (Shape part : parts) {
            if (!part.optional || in.isPresent()) {
                part.skip(in);
            }
        }
    }
}
