/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Bounds an event's metadata to {@value #MAX_LENGTH} characters of JSON.
 *
 * <p>Fields that do not fit are left out, the largest first, and {@code _omitted} counts them. The event itself is
 * never lost.
 */
public final class Metadata {

    /** The most characters of an event's metadata, written as JSON. */
    public static final int MAX_LENGTH = 16_384;

    /** The field with the number of fields that were left out. */
    public static final String OMITTED = "_omitted";

    private static final int RESERVED = "{\"_omitted\":2147483647,}".length();

    private Metadata() {}

    /** The fields as JSON text with sorted keys; empty if there are none. */
    public static Optional<String> bounded(ObjectNode fields) {
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        String whole = Text.clean(SourceJson.canonical(fields));
        return Optional.of(whole.length() <= MAX_LENGTH ? whole : Text.clean(SourceJson.canonical(smallest(fields))));
    }

    private static ObjectNode smallest(ObjectNode fields) {
        List<Sized> bySize = fields.properties().stream()
                .map(Sized::of)
                .sorted(Comparator.comparingInt(Sized::length).thenComparing(Sized::name))
                .toList();
        ObjectNode kept = SourceJson.newObject();
        int length = RESERVED;
        for (Sized field : bySize) {
            length += field.length();
            if (length > MAX_LENGTH) {
                break;
            }
            kept.set(field.name(), field.value());
        }
        kept.remove(OMITTED);
        int before = fields.path(OMITTED).asInt() - (fields.has(OMITTED) ? 1 : 0);
        return kept.put(OMITTED, before + fields.size() - kept.size());
    }

    /** A field and the characters that it takes in the text, its comma included. */
    private record Sized(String name, JsonNode value, int length) {

        static Sized of(Map.Entry<String, JsonNode> field) {
            ObjectNode alone = SourceJson.newObject();
            alone.set(field.getKey(), field.getValue());
            return new Sized(
                    field.getKey(),
                    field.getValue(),
                    SourceJson.canonical(alone).length() - 1);
        }
    }
}
