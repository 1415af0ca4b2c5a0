/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.ingest.Fixtures;
import dev.muster.ingest.voight.VoightEvents;
import dev.muster.schemas.registry.Framing;
import dev.muster.schemas.settings.InvalidSettingException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class KafkaEventLogTest {

    private static final Duration BOUND = Duration.ofSeconds(1);

    @Test
    void aProducerWithNobodyToTalkToKeepsNobodyWaiting() {
        try (KafkaEventLog log = new KafkaEventLog(
                Producers.create("127.0.0.1:1", BOUND, new ClusterId()), Framing.singleObject(), BOUND)) {
            CompletableFuture<Void> durable =
                    log.append(List.of(Fixtures.event(new VoightEvents(), "{\"agentId\":\"bot\"}")));

            assertThat(log.connected()).isFalse();
            assertThat(durable).isCompletedExceptionally();
            assertThatThrownBy(durable::join).hasCauseInstanceOf(UnavailableException.class);
        }
    }

    @Test
    void anAddressThatIsNoneIsOneSentence() {
        assertThatThrownBy(() -> Producers.create("127.0.0.1:99999", BOUND, new ClusterId()))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("MUSTER_KAFKA_BOOTSTRAP is «127.0.0.1:99999»")
                .hasMessageMatching("[^\\n]+\\.");
    }
}
