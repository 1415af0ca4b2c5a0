/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.schemas.FactId;
import dev.muster.schemas.HookEvents;
import dev.muster.schemas.RecordKey;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.LabelRank;
import dev.muster.schemas.avro.Source;
import dev.muster.schemas.avro.Tokens;
import dev.muster.streams.Bodies;
import dev.muster.streams.model.SessionRules;
import java.time.Duration;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
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
                new Counted());
        live.bind(
                new SessionStores(
                        store("sessions"),
                        store("traces"),
                        store("events"),
                        store("activity"),
                        store("days"),
                        store("audit"),
                        store("journal")),
                1);
        HookEvent event = HookEvents.newBuilder()
                .setId(FactId.request("r"))
                .setAccount("local")
                .setAgentId("c000000000000000000000000")
                .setAgentLabel("claude-code:demo")
                .setAgentLabelRank(LabelRank.DIRECTORY)
                .setSessionId("s")
                .setKind(FactKind.MODEL_REQUEST)
                .setSource(Source.OTLP_LOG)
                .setTokens(new Tokens(1L, 1L, 0L, 0L, 0L))
                .setTimestamp(1)
                .setReceivedAt(1)
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

    private static KeyValueStore<Bytes, byte[]> store(String name) {
        return Stores.inMemoryKeyValueStore(name).get();
    }
}
