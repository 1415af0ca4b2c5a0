/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.FactId;
import dev.muster.schemas.RecordKey;
import dev.muster.schemas.SingleObjectFormat;
import dev.muster.schemas.Topics;
import dev.muster.schemas.avro.AgentCommand;
import dev.muster.schemas.avro.AgentCommandKind;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.SessionCommand;
import dev.muster.schemas.avro.SessionCommandKind;
import dev.muster.schemas.commands.AgentCommandKey;
import dev.muster.schemas.commands.CommandFormat;
import dev.muster.streams.Events;
import dev.muster.streams.read.AuditEntry;
import dev.muster.streams.read.AuditFilter;
import dev.muster.streams.read.EntryType;
import dev.muster.streams.read.Status;
import dev.muster.streams.read.shard.Driver;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CommandsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final long T = NOW.toEpochMilli();
    private static final String AGENT = "c000000000000000000000000";

    private static Driver driver() {
        return new Driver(1, Duration.ofDays(30), 64 << 20, NOW);
    }

    private static HookEvent failure(String id, @Nullable String session) {
        return Events.at(FactId.toolEnd(id), FactKind.TOOL_END, T)
                .setSessionId(session)
                .setToolUseId(id)
                .setOutcome(Outcome.FAILED)
                .build();
    }

    private static SessionCommand command(SessionCommandKind kind, long at) {
        return SessionCommand.newBuilder()
                .setAccount("local")
                .setSessionId("s")
                .setKind(kind)
                .setBy("ann")
                .setAt(at)
                .build();
    }

    private static void send(Driver driver, SessionCommand command) {
        byte[] key = RecordKey.ofSession("local", "s").toBytes();
        driver.send(Topics.SESSION_COMMANDS, key, CommandFormat.write(command), command.getAt());
    }

    private static Optional<Status> status(Driver driver) {
        return driver.reader(NOW).session("local", "s").map(session -> session.status());
    }

    @Test
    void failures_are_acknowledged_until_the_next_one_or_until_that_is_taken_back() {
        try (Driver driver = driver()) {
            driver.send(failure("u1", "s"), T);
            assertThat(status(driver)).contains(Status.ERRORED);

            send(driver, command(SessionCommandKind.ACKNOWLEDGE, T + 1));
            assertThat(status(driver)).contains(Status.ACTIVE);

            driver.send(failure("u2", "s"), T + 2);
            assertThat(status(driver)).contains(Status.ERRORED);

            send(driver, command(SessionCommandKind.ACKNOWLEDGE, T + 3));
            assertThat(status(driver)).contains(Status.ACTIVE);

            send(driver, command(SessionCommandKind.UNACKNOWLEDGE, T + 4));
            assertThat(status(driver)).contains(Status.ERRORED);
        }
    }

    @Test
    void a_command_that_comes_before_its_session_shows_no_session_and_still_holds() {
        try (Driver driver = driver()) {
            send(driver, command(SessionCommandKind.ACKNOWLEDGE, T));
            assertThat(status(driver)).isEmpty();
            assertThat(driver.reader(NOW)
                            .sessions("local", 10, Optional.empty())
                            .items())
                    .isEmpty();
            driver.live().evictUnusedSince(T + 1);

            driver.send(failure("u1", "s"), T - 1);
            assertThat(status(driver)).contains(Status.ACTIVE);
            assertThat(driver.reader(NOW)
                            .sessions("local", 10, Optional.empty())
                            .items())
                    .hasSize(1);
        }
    }

    @Test
    void commands_and_what_has_no_session_are_in_the_audit_log() {
        try (Driver driver = driver()) {
            driver.send(failure("u1", null), T);
            SessionCommand acknowledgement = command(SessionCommandKind.ACKNOWLEDGE, T + 1);
            send(driver, acknowledgement);
            send(driver, acknowledgement);
            AgentCommand pause = AgentCommand.newBuilder()
                    .setAccount("local")
                    .setAgentId(AGENT)
                    .setKind(AgentCommandKind.PAUSE)
                    .setBy("ann")
                    .setReason("too dear")
                    .setAt(T + 2)
                    .build();
            byte[] key =
                    AgentCommandKey.of("local", AGENT, AgentCommandKind.PAUSE).toBytes();
            driver.send(Topics.AGENT_COMMANDS, key, CommandFormat.write(pause), T + 2);

            assertThat(driver.audit(AuditFilter.ALL))
                    .extracting(entry -> entry instanceof AuditEntry.Fact fact
                            ? fact.event().event().getId()
                            : entry)
                    .containsExactly(
                            new AuditEntry.OfAgent(pause),
                            new AuditEntry.OfSession(acknowledgement),
                            FactId.toolEnd("u1"));
        }
    }

    @Test
    void the_audit_log_tells_commands_from_events_and_whose_they_are() {
        try (Driver driver = driver()) {
            driver.send(failure("u1", null), T);
            SessionCommand ours = command(SessionCommandKind.ACKNOWLEDGE, T + 1);
            ours.setAgentId(AGENT);
            send(driver, ours);
            SessionCommand others = command(SessionCommandKind.UNACKNOWLEDGE, T + 2);
            others.setAgentId("c" + "1".repeat(24));
            send(driver, others);

            AuditEntry oursEntry = new AuditEntry.OfSession(ours);
            AuditEntry othersEntry = new AuditEntry.OfSession(others);
            assertThat(driver.audit(audited(Optional.empty(), Optional.of(EntryType.COMMAND))))
                    .containsExactly(othersEntry, oursEntry);
            assertThat(driver.audit(audited(Optional.of(AGENT), Optional.of(EntryType.COMMAND))))
                    .containsExactly(oursEntry);
            assertThat(driver.audit(audited(Optional.of(AGENT), Optional.empty())))
                    .hasSize(2)
                    .contains(oursEntry);
            assertThat(driver.audit(audited(Optional.empty(), Optional.of(EntryType.DECISION))))
                    .hasSize(1)
                    .doesNotContain(oursEntry, othersEntry);
        }
    }

    private static AuditFilter audited(Optional<String> agentId, Optional<EntryType> type) {
        return new AuditFilter(
                Optional.empty(),
                Optional.empty(),
                agentId,
                Optional.empty(),
                type,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void what_cannot_be_read_goes_to_the_dead_letters() {
        try (Driver driver = driver()) {
            driver.send(Topics.SESSION_COMMANDS, "local/s".getBytes(UTF_8), new byte[] {1, 2}, T);
            driver.send(Topics.AGENT_COMMANDS, "local/s".getBytes(UTF_8), new byte[] {1, 2}, T);

            assertThat(driver.output(Topics.DEAD_LETTERS).readRecordsToList()).hasSize(2);
        }
    }

    @Test
    void a_session_that_is_named_as_what_an_agent_does_outside_of_any_is_a_dead_letter() {
        try (Driver driver = driver()) {
            byte[] key = RecordKey.ofAgent("local", AGENT).toBytes();
            byte[] event = new SingleObjectFormat().write(failure("u1", "/" + AGENT));
            driver.send(Topics.HOOK_EVENTS, key, event, T);
            HookEvent ofNobody = failure("u2", null);
            ofNobody.setAgentId("nobody");
            driver.send(ofNobody, T);

            assertThat(driver.output(Topics.DEAD_LETTERS).readRecordsToList()).hasSize(2);
        }
    }
}
