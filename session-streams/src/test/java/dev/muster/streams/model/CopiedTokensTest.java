/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Source;
import dev.muster.schemas.avro.Tokens;
import org.junit.jupiter.api.Test;

/** Which tokens a request has that several records tell of: what is charged hangs on each kind. */
class CopiedTokensTest {

    @Test
    void of_equal_sources_the_larger_number_of_each_kind_stands() {
        HookEvent a = request(Source.OTLP_LOG, new Tokens(1L, 20L, 3L, 40L, 5L));
        HookEvent b = request(Source.OTLP_LOG, new Tokens(10L, 2L, 30L, 4L, 50L));

        Tokens larger = new Tokens(10L, 20L, 30L, 40L, 50L);
        assertThat(merged(a, b)).isEqualTo(larger);
        assertThat(merged(b, a)).isEqualTo(larger);
    }

    @Test
    void of_a_better_source_they_stand_as_they_are_also_where_they_are_fewer() {
        Tokens best = new Tokens(1L, 2L, 3L, 4L, 5L);
        HookEvent transcript = request(Source.TRANSCRIPT, best);
        HookEvent log = request(Source.OTLP_LOG, new Tokens(10L, 0L, 30L, 0L, 50L));

        assertThat(merged(transcript, log)).isEqualTo(best);
        assertThat(merged(log, transcript)).isEqualTo(best);
    }

    private static Tokens merged(HookEvent known, HookEvent copy) {
        return CopyMerge.merge(known, null, copy).event().getTokens();
    }

    private static HookEvent request(Source source, Tokens tokens) {
        return Told.event(FactId.request("r"), FactKind.MODEL_REQUEST, 0)
                .setSource(source)
                .setTokens(tokens)
                .build();
    }
}
