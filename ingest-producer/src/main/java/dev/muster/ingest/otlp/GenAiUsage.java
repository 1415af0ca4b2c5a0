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
 * The usage of a model request under the conventions, whose {@code gen_ai.usage.input_tokens} includes what was read
 * from a cache and what was written to one.
 */
final class GenAiUsage {

    /** The most tokens of one kind: beyond any model's context; more is no count. */
    private static final long MAX_TOKENS = 1_000_000_000L;

    private GenAiUsage() {}

    /** The tokens by kind, input without the cache; empty if none is told. */
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
     * Takes the cache off the input.
     *
     * @param input with the cache. Where it is less than the cache's, it cannot include it: some libraries pass on what
     *     a provider counts apart
     */
    static Tokens tokens(long input, long output, long read, long written) {
        long uncached = input - read - written;
        return new Tokens(uncached < 0 ? input : uncached, output, read, written, 0L);
    }

    /** The first of the names that holds a number of tokens; each of them is taken. */
    static Optional<Long> count(Fields fields, String... names) {
        return Stream.of(names).map(fields::count).toList().stream()
                .flatMap(Optional::stream)
                .filter(count -> count <= MAX_TOKENS)
                .findFirst();
    }
}
