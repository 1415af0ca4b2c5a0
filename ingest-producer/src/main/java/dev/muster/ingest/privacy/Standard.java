/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.muster.ingest.source.SourceJson;
import dev.muster.ingest.source.Text;
import dev.muster.schemas.avro.HookEvent;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Texts are kept, scrubbed; names, ids and figures are as they were sent. */
final class Standard {

    private Standard() {}

    static void apply(HookEvent event, ObjectNode metadata) {
        change(event.getToolDetail(), Standard::json, event::setToolDetail);
        change(event.getBackground(), Standard::json, event::setBackground);
        change(event.getDenialReason(), Standard::text, event::setDenialReason);
        change(event.getErrorMessage(), Standard::text, event::setErrorMessage);
        change(event.getTitle(), Standard::text, event::setTitle);
        change(event.getPrompt(), Standard::text, event::setPrompt);
        change(event.getReasoning(), Standard::text, event::setReasoning);
        change(event.getResponse(), Standard::text, event::setResponse);
        change(event.getRepo(), Standard::text, event::setRepo);
        Optional.ofNullable(event.getGit()).ifPresent(git -> change(git.getRemote(), Standard::text, git::setRemote));
        leaves(metadata);
    }

    private static void change(@Nullable String text, Function<String, String> scrub, Consumer<String> setter) {
        if (text != null) {
            setter.accept(scrub.apply(text));
        }
    }

    /** A replacement may be longer than what it replaces; a text that grew over its bound is cut, as any. */
    private static String text(String text) {
        String scrubbed = Scrubber.scrub(text);
        return scrubbed.length() <= Text.PREVIEW ? scrubbed : Scrubber.scrub(Text.cut(scrubbed, Text.PREVIEW));
    }

    /** JSON that was cut is none any more, and scrubbed as a text. */
    private static String json(String json) {
        return SourceJson.value(json)
                .map(Standard::leaves)
                .map(SourceJson::canonical)
                .filter(scrubbed -> scrubbed.length() <= Text.PREVIEW)
                .orElseGet(() -> text(json));
    }

    /** Scrubs all texts within a value; the names of fields stay. */
    private static JsonNode leaves(JsonNode value) {
        if (value instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(leaves(field.getValue())));
        } else if (value instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, leaves(array.get(i)));
            }
        } else if (value instanceof TextNode text) {
            return TextNode.valueOf(Scrubber.scrub(text.textValue()));
        }
        return value;
    }
}
