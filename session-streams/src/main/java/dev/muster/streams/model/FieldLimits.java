/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.schemas.Digests;
import dev.muster.schemas.EventBody;
import dev.muster.schemas.avro.HookEvent;
import java.util.HexFormat;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/**
 * How long an event's texts may be. Collectors keep to it; other producers need not, and whatever they write, a row must
 * not outgrow a changelog's record. A longer text is cut, a longer id ends in a hash, so that two never become one, and
 * longer metadata, which are no JSON any more when cut, are left out.
 */
final class FieldLimits {

    private static final int NAME = 200;
    private static final int FACT_ID = 256;
    private static final int TEXT = 2000;
    private static final int METADATA = 16_384;
    private static final int HASH_BYTES = 16;

    private static final Schema SCHEMA = HookEvent.getClassSchema();
    private static final Set<String> IDS = Set.of(
            "id",
            "agentId",
            "sessionId",
            "traceId",
            "toolUseId",
            "requestId",
            "subagentId",
            "transaction",
            "boundAgent",
            "setAsideFrom");
    private static final Set<String> TEXTS = Set.of(
            "toolDetail", "denialReason", "errorMessage", "prompt", "reasoning", "response", "cwd", "background");

    /** By field position. */
    private static final int[] LIMITS =
            SCHEMA.getFields().stream().mapToInt(field -> limitOf(field.name())).toArray();

    private static final int[] TEXT_FIELDS = positions(Schema.Type.STRING);
    private static final int[] PARTS = positions(Schema.Type.RECORD);

    private FieldLimits() {}

    private static int[] positions(Schema.Type type) {
        return SCHEMA.getFields().stream()
                .filter(field -> field.schema().getType() == type
                        || (field.schema().isUnion()
                                && field.schema().getTypes().stream().anyMatch(branch -> branch.getType() == type)))
                .mapToInt(Schema.Field::pos)
                .toArray();
    }

    private static int limitOf(String field) {
        return switch (field) {
            case "id" -> FACT_ID;
            case "metadata" -> METADATA;
            default -> TEXTS.contains(field) ? TEXT : NAME;
        };
    }

    /** An event whose texts are short enough. */
    static HookEvent shortened(HookEvent event) {
        HookEvent result = HookEvent.newBuilder(event).build();
        for (int i : TEXT_FIELDS) {
            if (result.get(i) instanceof String text && text.length() > LIMITS[i]) {
                result.put(i, shortened(i, text));
            }
        }
        for (int i : PARTS) {
            if (result.get(i) instanceof SpecificRecordBase part) {
                shorten(part);
            }
        }
        return result;
    }

    /** An event whose texts are short enough: itself, if they are. */
    static EventBody fitting(EventBody event) {
        return fitsInBytes(event) ? event : fitted(event);
    }

    /** Whether the texts' bytes are so few that their characters cannot be too many. */
    private static boolean fitsInBytes(EventBody event) {
        if (event.length() <= NAME) {
            return true;
        }
        for (int i : TEXT_FIELDS) {
            if (event.textLength(i) > LIMITS[i]) {
                return false;
            }
        }
        for (int i : PARTS) {
            if (event.has(i) && event.length() > TEXT) {
                return false;
            }
        }
        return true;
    }

    private static EventBody fitted(EventBody event) {
        HookEvent whole = FactBodies.read(event);
        return keeps(whole) ? event : FactBodies.look(FactBodies.write(shortened(whole)));
    }

    private static boolean keeps(HookEvent event) {
        for (int i : TEXT_FIELDS) {
            if (event.get(i) instanceof String text && text.length() > LIMITS[i]) {
                return false;
            }
        }
        for (int i : PARTS) {
            if (event.get(i) instanceof SpecificRecordBase part && !keepsPart(part)) {
                return false;
            }
        }
        return true;
    }

    private static boolean keepsPart(SpecificRecordBase part) {
        for (int i = part.getSchema().getFields().size() - 1; i >= 0; i--) {
            if (part.get(i) instanceof String text && text.length() > TEXT) {
                return false;
            }
        }
        return true;
    }

    private static void shorten(SpecificRecordBase part) {
        for (Schema.Field field : part.getSchema().getFields()) {
            if (part.get(field.pos()) instanceof String text) {
                part.put(field.pos(), Texts.upTo(text, TEXT));
            }
        }
    }

    private static @Nullable String shortened(int field, String text) {
        int limit = LIMITS[field];
        if (limit == METADATA) {
            return null;
        }
        if (!IDS.contains(SCHEMA.getFields().get(field).name())) {
            return Texts.upTo(text, limit);
        }
        String hash = HexFormat.of().formatHex(Digests.sha256(text.getBytes(UTF_8)), 0, HASH_BYTES);
        return Texts.upTo(text, limit - 1 - hash.length()) + "~" + hash;
    }
}
