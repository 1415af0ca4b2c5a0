/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.FactId;
import dev.muster.schemas.RecordKey;
import dev.muster.schemas.SingleObjectFormat;
import dev.muster.schemas.Topics;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.streams.Events;
import dev.muster.streams.read.AuditEntry;
import dev.muster.streams.read.AuditFilter;
import dev.muster.streams.read.SessionView;
import dev.muster.streams.read.shard.Driver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose a session is, as far as keys go that are bound to one agent. */
class BoundKeysTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final long T = NOW.toEpochMilli();
    private static final String OWNER = "c000000000000000000000001";
    private static final String OTHER = "c000000000000000000000002";

    private static Driver driver() {
        return new Driver(1, Duration.ofDays(30), 64 << 20, NOW);
    }

    private static HookEvent.Builder call(String id, String agent, long time) {
        return Events.at(FactId.toolEnd(id), FactKind.TOOL_END, time)
                .setToolUseId(id)
                .setToolName("Bash")
                .setAgentId(agent)
                .setAgentLabel(agent);
    }

    private static HookEvent bound(String id, String agent, long time) {
        return call(id, agent, time).setBoundAgent(agent).build();
    }

    /** Sends on what the topology has sent itself, as Kafka would. */
    private static void followUp(Driver driver) {
        for (TestRecord<byte[], byte[]> record : driver.output(Topics.REKEY).readRecordsToList()) {
            driver.send(Topics.REKEY, record.key(), record.value(), record.timestamp());
        }
    }

    private static SessionView session(Driver driver) {
        return driver.reader(NOW).session("local", "s").orElseThrow();
    }

    private static List<HookEvent> audit(Driver driver, String agent) {
        return driver.audit(AuditFilter.ALL).stream()
                .map(AuditEntry.Fact.class::cast)
                .map(fact -> fact.event().event())
                .filter(event -> event.getAgentId().equals(agent))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {-3_600_000, 0, 60_000})
    void anEventForAnothersSessionIsSetAsideWhateverItsTime(long late) {
        try (Driver driver = driver()) {
            driver.send(bound("u1", OWNER, T), T);
            driver.send(bound("u2", OTHER, T + late), T + 1);
            followUp(driver);

            SessionView session = session(driver);
            assertThat(session.agentId()).isEqualTo(OWNER);
            assertThat(session.figures().toolCalls()).isEqualTo(1);
            assertThat(session.startedAt()).isEqualTo(NOW);
            assertThat(driver.events("set_aside")).isEqualTo(1);
            assertThat(audit(driver, OTHER)).singleElement().satisfies(event -> {
                assertThat(event.getSessionId()).isNull();
                assertThat(event.getSetAsideFrom()).isEqualTo("s");
                assertThat(event.getBoundAgent()).isEqualTo(OTHER);
                assertThat(event.getTimestamp()).isEqualTo(T + late);
            });
        }
    }

    @Test
    void itGoesUnderItsOwnAgentsKeyWithItsAppendTime() {
        try (Driver driver = driver()) {
            driver.send(bound("u1", OWNER, T), T);
            driver.send(bound("u2", OTHER, T), T + 7);

            TestRecord<byte[], byte[]> record = driver.output(Topics.REKEY).readRecord();
            assertThat(record.key()).isEqualTo(RecordKey.ofAgent("local", OTHER).toBytes());
            assertThat(record.timestamp()).isEqualTo(T + 7);
            assertThat(driver.output(Topics.REKEY).isEmpty()).isTrue();
        }
    }

    @Test
    void whatIsSentAgainIsSetAsideOnce() {
        try (Driver driver = driver()) {
            driver.send(bound("u1", OWNER, T), T);
            for (int i = 0; i < 3; i++) {
                driver.send(bound("u2", OTHER, T), T + i);
            }
            followUp(driver);

            assertThat(audit(driver, OTHER)).hasSize(1);
        }
    }

    @Test
    void whoeverWroteToASessionFirstDecides() {
        try (Driver driver = driver()) {
            // Told of first, although it happened later.
            driver.send(bound("u2", OTHER, T), T);
            driver.send(bound("u1", OWNER, T - 1000), T + 1);
            followUp(driver);

            assertThat(session(driver).agentId()).isEqualTo(OTHER);
            assertThat(audit(driver, OWNER)).hasSize(1);
        }
    }

    @Test
    void keysThatAreNotBoundSpeakForTheWholeAccount() {
        try (Driver driver = driver()) {
            driver.send(bound("u1", OWNER, T), T);
            driver.send(call("u2", OTHER, T + 1).build(), T + 1);

            assertThat(session(driver).figures().toolCalls()).isEqualTo(2);
            assertThat(driver.events("set_aside")).isZero();
        }
    }

    @Test
    void aSessionThatBeganWithoutABoundKeyIsItsAgentsToo() {
        try (Driver driver = driver()) {
            driver.send(call("u1", OWNER, T).build(), T);
            driver.send(bound("u2", OTHER, T), T + 1);
            driver.send(bound("u3", OWNER, T), T + 2);

            assertThat(session(driver).figures().toolCalls()).isEqualTo(2);
            assertThat(driver.events("set_aside")).isEqualTo(1);
        }
    }

    @Test
    void itIsKnownWhoseASessionIsThatHasLeftMemory() {
        try (Driver driver = driver()) {
            driver.send(bound("u1", OWNER, T), T);
            driver.advance(Duration.ofMinutes(5));
            assertThat(driver.live().size()).isZero();

            driver.send(bound("u2", OTHER, T), T + 1);

            assertThat(session(driver).figures().toolCalls()).isEqualTo(1);
            assertThat(driver.events("set_aside")).isEqualTo(1);
        }
    }

    @Test
    void anAgentThatIsNoneGoesToTheDeadLetters() {
        try (Driver driver = driver()) {
            HookEvent event = call("u1", OWNER, T).setBoundAgent("not an id").build();
            driver.send(Topics.HOOK_EVENTS, RecordKey.of(event).toBytes(), new SingleObjectFormat().write(event), T);

            assertThat(driver.counted("muster.sessions.dead.letters")).isEqualTo(1);
        }
    }
}
