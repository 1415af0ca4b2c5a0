/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.muster.schemas.FactId;
import dev.muster.schemas.HookEvents;
import dev.muster.schemas.RecordKey;
import dev.muster.schemas.SingleObjectFormat;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.LabelRank;
import dev.muster.schemas.avro.Source;
import dev.muster.schemas.avro.Tokens;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** Readers come at any time: also between a session's opening and the end of its first event. */
class HalfAppliedSessionTest {

    @Test
    void a_session_that_has_only_been_opened_is_not_shown() {
        LiveSessions live = new LiveSessions(
                (model, tokens, speed, time) -> {
                    throw new IllegalStateException("in the middle of an event");
                },
                LiveSessions.Bounds.of(1 << 20));
        live.bind(
                new SessionStores(
                        store("sessions"), store("traces"), store("events"), store("activity"), store("journal")),
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
        byte[] record = new SingleObjectFormat().write(event);
        byte[] body = Arrays.copyOfRange(record, SingleObjectFormat.HEADER_BYTES, record.length);
        RecordKey key = RecordKey.ofSession("local", "s");

        assertThatIllegalStateException().isThrownBy(() -> live.apply(key, event, body, 1, 1));

        assertThat(live.copy(key)).isEmpty();
        assertThat(live.activity("local")).isEmpty();
    }

    private static KeyValueStore<Bytes, byte[]> store(String name) {
        return Stores.inMemoryKeyValueStore(name).get();
    }
}
