/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.voight;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.source.Numbers;
import dev.muster.schemas.avro.Tokens;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The usage that an event reports. It may stand in three places, of which the first that has numbers counts and the
 * others are copies: {@code metadata.tokensBreakdown}, {@code metadata.tokens}, the top level's {@code tokens}.
 */
final class Usage {

    /** Clients that ask many providers and report each one's numbers as it counts them. */
    private static final Set<String> GATEWAYS = Set.of("vercel-ai-sdk", "bitfrost");

    private Usage() {}

    /**
     * The tokens by kind, without what the cache holds in input.
     *
     * @param body a body that was checked
     */
    static Optional<Tokens> of(ObjectNode body) {
        JsonNode metadata = body.path("metadata");
        return breakdown(metadata.path("tokensBreakdown"))
                .or(() -> Stream.of(metadata.path("tokens"), body.path("tokens"))
                        .flatMap(tokens -> plain(tokens, inputIncludesCache(body)).stream())
                        .findFirst());
    }

    private static Optional<Tokens> breakdown(JsonNode tokens) {
        return anyOf(tokens, "inputBase", "output", "cacheRead", "cacheCreation")
                ? Optional.of(new Tokens(
                        count(tokens, "inputBase"),
                        count(tokens, "output"),
                        count(tokens, "cacheRead"),
                        count(tokens, "cacheCreation"),
                        0L))
                : Optional.empty();
    }

    private static Optional<Tokens> plain(JsonNode tokens, boolean inputIncludesCache) {
        if (!anyOf(tokens, "input", "output", "total", "cache_read", "cache_creation")) {
            return Optional.empty();
        }
        long output = count(tokens, "output");
        long cacheRead = count(tokens, "cache_read");
        long input = tokens.hasNonNull("input") ? count(tokens, "input") : Math.max(0, count(tokens, "total") - output);
        return Optional.of(new Tokens(
                inputIncludesCache ? Math.max(0, input - cacheRead) : input,
                output,
                cacheRead,
                count(tokens, "cache_creation"),
                0L));
    }

    /** OpenAI and most others count what came from the cache as input too; Anthropic counts it apart. */
    private static boolean inputIncludesCache(ObjectNode body) {
        JsonNode metadata = body.path("metadata");
        String source = metadata.path("source").asText();
        boolean anthropic = metadata.path("provider").asText().contains("anthropic")
                || body.path("model").asText().startsWith("claude");
        return source.equals("openai-sdk") || (GATEWAYS.contains(source) && !anthropic);
    }

    private static boolean anyOf(JsonNode tokens, String... names) {
        return Stream.of(names).anyMatch(tokens::hasNonNull);
    }

    private static long count(JsonNode tokens, String name) {
        return Numbers.rounded(tokens.path(name));
    }
}
