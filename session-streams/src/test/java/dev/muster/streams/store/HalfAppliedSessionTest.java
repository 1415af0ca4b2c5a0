/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.schemas.FactId;
import dev.muster.schemas.RecordKey;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Source;
import dev.muster.schemas.avro.Tokens;
import dev.muster.streams.Bodies;
import dev.muster.streams.Events;
import dev.muster.streams.index.IndexMemory;
import dev.muster.streams.model.SessionRules;
import java.time.Duration;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.junit.jupiter.api.Test;

/** An event is counted when a session is read or written; a failure in the middle must not be taken for its end. */
class HalfAppliedSessionTest {

    @Test
    void a_session_that_a_failure_left_half_counted_is_not_shown() {
        LiveSessions live = new LiveSessions(
                SessionRules.inUtc((model, tokens, speed, time) -> {
                    throw new IllegalStateException("in the middle of an event");
                }),
                LiveSessions.Bounds.of(1 << 20),
                new IndexMemory(64 << 20),
                new Counted());
        live.bind(MemoryStores.empty(), 1);
        HookEvent event = Events.at(FactId.request("r"), FactKind.MODEL_REQUEST, 1)
                .setSource(Source.OTLP_LOG)
                .setTokens(new Tokens(1L, 1L, 0L, 0L, 0L))
                .build();
        RecordKey key = RecordKey.ofSession("local", "s");
        live.take(Bytes.wrap(key.toBytes()), Bodies.of(event), 1, 1);

        assertThatIllegalStateException()
                .isThrownBy(() -> live.reads().copy(key))
                .withMessage("in the middle of an event");
        // Neither to a reader, nor is it written.
        assertThatThrownBy(() -> live.reads().copy(key)).isInstanceOf(InvalidStateStoreException.class);
        live.tick(Duration.ofMinutes(1).toMillis());
        assertThatThrownBy(live::flushCache).isInstanceOf(InvalidStateStoreException.class);
    }
}
