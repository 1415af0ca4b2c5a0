/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.PrivacyLevel;
import dev.muster.schemas.Topics;
import dev.muster.schemas.keys.ApiKeyDirectory;
import dev.muster.schemas.keys.IssuedKey;
import dev.muster.schemas.keys.KeyFormat;
import dev.muster.schemas.keys.KeySecret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IssuedKeysTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final IssuedKey KEY = new IssuedKey(
            "acme",
            "key_1",
            KeySecret.hash("vk_issued"),
            "vk_issued",
            "ci",
            Optional.of("deployer"),
            Optional.of(PrivacyLevel.MINIMAL),
            NOON,
            Optional.empty());

    private final ApiKeyDirectory directory = new ApiKeyDirectory();
    private final MockProducer<byte[], byte[]> kafka = new MockProducer<>(
            false, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
    private Instant now = NOON;
    private final KeyUses uses = new KeyUses(kafka, () -> now);
    private final IssuedKeys keys = new IssuedKeys(ApiKeys.parse("vk_set=umbrella"), directory, uses, uses::close);

    @AfterEach
    void close() {
        keys.close();
    }

    @Test
    void anIssuedKeyStandsForItsAccountAgentAndLevel() {
        directory.add(KEY);
        assertThat(keys.find("vk_issued"))
                .isEqualTo(new Access.Granted(
                        new Sender("acme", "key_1", Optional.of("deployer"), Optional.of(PrivacyLevel.MINIMAL))));
    }

    @Test
    void aRevokedKeyIsToldSo() {
        directory.add(KEY.revoked(NOON));
        assertThat(keys.find("vk_issued")).isEqualTo(new Access.Refused("revoked_key"));
        uses.write();
        assertThat(kafka.history()).isEmpty();
    }

    @Test
    void anUnknownKeyIsUndecidedUntilAllKeysAreRead() {
        assertThat(keys.complete()).isFalse();
        assertThat(keys.find("vk_other")).isEqualTo(new Access.Undecided());
        directory.complete();
        assertThat(keys.complete()).isTrue();
        assertThat(keys.find("vk_other")).isEqualTo(new Access.Refused("invalid_key"));
    }

    @Test
    void aSetKeyNeedsNoKafka() {
        assertThat(keys.find("vk_set")).isInstanceOf(Access.Granted.class);
    }

    @Test
    void aUseIsWrittenOnceAMinute() {
        directory.add(KEY);
        keys.find("vk_issued");
        keys.find("vk_issued");
        uses.write();
        assertWritten(List.of(NOON));
        kafka.completeNext();

        now = NOON.plusSeconds(59);
        keys.find("vk_issued");
        uses.write();
        assertWritten(List.of(NOON));

        now = NOON.plusSeconds(60);
        uses.write();
        assertWritten(List.of(NOON, NOON.plusSeconds(59)));

        now = NOON.plus(Duration.ofHours(1));
        uses.write();
        assertThat(kafka.history()).hasSize(2);
    }

    @Test
    void aUseThatKafkaDoesNotTakeIsWrittenAgain() {
        directory.add(KEY);
        keys.find("vk_issued");
        uses.write();
        kafka.errorNext(new TimeoutException("away"));
        uses.write();
        assertWritten(List.of(NOON, NOON));
    }

    private void assertWritten(List<Instant> times) {
        assertThat(kafka.history())
                .allSatisfy(entry -> {
                    assertThat(entry.topic()).isEqualTo(Topics.API_KEYS);
                    assertThat(new String(entry.key(), UTF_8)).isEqualTo("acme/key_1/used");
                })
                .extracting(entry -> entry.value())
                .containsExactlyElementsOf(
                        times.stream().map(KeyFormat::writeUse).toList());
    }
}
