/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import dev.muster.ingest.source.Fields;
import dev.muster.schemas.avro.Tokens;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads the token usage of a model request by the semantic conventions.
 *
 * <p>By them {@code gen_ai.usage.input_tokens} includes the tokens that were read from a cache and written to one.
 */
final class GenAiUsage {

    /** The largest number of tokens that is read: beyond any model's context. */
    private static final long MAX_TOKENS = 1_000_000_000L;

    private GenAiUsage() {}

    /** The tokens by kind, input without the cache; empty if the record has none. */
    static Optional<Tokens> of(Fields fields) {
        Optional<Long> input = count(fields, "gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens");
        Optional<Long> output = count(fields, "gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens");
        Optional<Long> read =
                count(fields, "gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.cache_read_input_tokens");
        Optional<Long> written =
                count(fields, "gen_ai.usage.cache_creation.input_tokens", "gen_ai.usage.cache_creation_input_tokens");
        return Stream.of(input, output, read, written).anyMatch(Optional::isPresent)
                ? Optional.of(tokens(input.orElse(0L), output.orElse(0L), read.orElse(0L), written.orElse(0L)))
                : Optional.empty();
    }

    /**
     * Subtracts the cached tokens from the input.
     *
     * @param input the input, which includes the cache unless it is less: some libraries pass on a provider's number
     *     that excludes it
     */
    static Tokens tokens(long input, long output, long read, long written) {
        long uncached = input - read - written;
        return new Tokens(uncached < 0 ? input : uncached, output, read, written, 0L);
    }

    /** The first of the fields that is a number of tokens; all of them count as consumed. */
    static Optional<Long> count(Fields fields, String... names) {
        return Stream.of(names).map(fields::count).toList().stream()
                .flatMap(Optional::stream)
                .filter(count -> count <= MAX_TOKENS)
                .findFirst();
    }
}
