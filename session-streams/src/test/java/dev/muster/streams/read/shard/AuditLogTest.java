/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.AgentCommand;
import dev.muster.schemas.avro.AgentCommandKind;
import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.commands.CommandFormat;
import dev.muster.streams.read.AuditEntry;
import dev.muster.streams.read.AuditFilter;
import dev.muster.streams.read.EntryOutcome;
import dev.muster.streams.read.EntryType;
import dev.muster.streams.read.Page;
import dev.muster.streams.read.shard.AuditTask.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AuditLogTest {

    private static final String AGENT = "c000000000000000000000000";
    private static final int PLENTY = 100_000;

    private static AuditFilter ofSession(String session) {
        return by(Optional.empty(), Optional.of(session), Optional.empty(), Optional.empty());
    }

    private static AuditFilter ofOutcome(EntryOutcome outcome) {
        return by(Optional.empty(), Optional.empty(), Optional.of(outcome), Optional.empty());
    }

    private static AuditFilter ofAgent(String agent) {
        return by(Optional.of(agent), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static AuditFilter ofTool(String tool) {
        return by(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(tool));
    }

    private static AuditFilter by(
            Optional<String> agent, Optional<String> session, Optional<EntryOutcome> outcome, Optional<String> tool) {
        return new AuditFilter(
                Optional.empty(), Optional.empty(), agent, session, Optional.empty(), outcome, tool, Optional.empty());
    }

    private static List<AuditEntry> all(AuditTask task, AuditFilter filter, int limit) {
        return Sessions.walk(cursor -> task.log(filter, PLENTY, limit, cursor), limit);
    }

    private static HookEvent event(AuditEntry entry) {
        return ((AuditEntry.Fact) entry).event().event();
    }

    private static Map<Line, Long> lines(List<AuditEntry> entries) {
        Map<Line, Long> lines = new HashMap<>();
        for (AuditEntry entry : entries) {
            HookEvent event = event(entry);
            Long before = lines.put(new Line(event.getSessionId(), event.getId()), event.getTimestamp());
            assertThat(before).as("%s again", event).isNull();
        }
        return lines;
    }

    private static AgentCommand command(long at) {
        return AgentCommand.newBuilder()
                .setAccount("local")
                .setAgentId(AGENT)
                .setKind(AgentCommandKind.PAUSE)
                .setBy("ann")
                .setAt(at)
                .build();
    }

    @Test
    void the_log_is_what_happened_whatever_becomes_of_the_task() {
        for (int seed = 0; seed < 1000; seed++) {
            Random random = new Random(seed);
            // Every other one has no index of its sessions.
            AuditTask task = new AuditTask(seed % 2 == 0 ? 64 << 20 : 0);
            for (int step = 0; step < 40; step++) {
                act(random, task);
            }
            List<AuditEntry> log = all(task, AuditFilter.ALL, 1 + random.nextInt(7));

            assertThat(lines(log)).as("seed %d", seed).isEqualTo(task.expected);
            assertThat(log).as("seed %d", seed).isSortedAccordingTo((a, b) -> b.at().compareTo(a.at()));
            Map<Line, Long> ofOne = new HashMap<>(task.expected);
            ofOne.keySet().removeIf(line -> !"s1".equals(line.session()));
            assertThat(lines(all(task, ofSession("s1"), 1 + random.nextInt(7))))
                    .as("seed %d", seed)
                    .isEqualTo(ofOne);
            AuditFilter filter = filter(random);
            assertThat(all(task, filter, 1 + random.nextInt(7)))
                    .as("seed %d, %s", seed, filter)
                    .isEqualTo(log.stream()
                            .filter(entry -> fits(event(entry), filter))
                            .toList());
        }
    }

    private static AuditFilter filter(Random random) {
        int id = random.nextInt(40);
        return new AuditFilter(
                Optional.of(Sessions.NOW.minusMillis(random.nextInt(20_000))).filter(since -> random.nextBoolean()),
                Optional.of(Sessions.NOW.minusMillis(random.nextInt(20_000))).filter(until -> random.nextBoolean()),
                Optional.of(AGENT).filter(agent -> random.nextBoolean()),
                Optional.empty(),
                Optional.of(EntryType.values()[id % 6]).filter(type -> random.nextInt(3) == 0),
                Optional.of(EntryOutcome.values()[id % EntryOutcome.values().length])
                        .filter(outcome -> random.nextInt(3) == 0),
                Optional.of("tool-" + id % 9).filter(tool -> random.nextInt(3) == 0),
                Optional.empty());
    }

    private static boolean fits(HookEvent event, AuditFilter filter) {
        return filter.since()
                        .map(since -> since.toEpochMilli() <= event.getTimestamp())
                        .orElse(true)
                && filter.until()
                        .map(until -> event.getTimestamp() < until.toEpochMilli())
                        .orElse(true)
                && filter.agentId().map(event.getAgentId()::equals).orElse(true)
                && filter.type()
                        .map(type -> type.name().equals(event.getType().name()))
                        .orElse(true)
                && filter.outcome().map(outcome -> isSo(event, outcome)).orElse(true)
                && filter.tool().map(tool -> tool.equals(event.getToolName())).orElse(true);
    }

    private static void act(Random random, AuditTask task) {
        switch (random.nextInt(12)) {
            case 0 -> task.commit();
            case 1 -> task.evict(0);
            case 2 -> task.restart();
            case 3 -> task.crash();
            case 4 -> task.corrupt();
            case 5 -> task.pass(random.nextInt(4000));
            default -> {
                int session = random.nextInt(4);
                // Some ids come again, with another time.
                int id = random.nextInt(20);
                task.tell(Sessions.event(
                                FactId.dedupKey("k" + id),
                                FactKind.OTHER,
                                task.clock() - random.nextInt(6000) - Sessions.T)
                        .setSessionId(session == 0 ? null : "s" + session)
                        .setAgentId(id % 3 == 0 ? AGENT : "c00000000000000000000000" + id % 5)
                        .setType(EventType.values()[id % 6])
                        .setOutcome(id % 4 == 3 ? null : Outcome.values()[id % 4])
                        .setInterrupted(id % 5 == 0)
                        .setDenialType(id % 7 == 0 ? "user_rejected" : null)
                        .setToolName(id % 2 == 0 ? null : "tool-" + id % 7)
                        .build());
            }
        }
    }

    @Test
    void a_page_without_a_filter_looks_at_its_own_sessions_only() {
        AuditTask task = new AuditTask();
        for (int i = 0; i < 2000; i++) {
            task.tell("s" + i, "k", i);
        }
        task.commit();
        task.evict(0);
        task.commit();
        task.sessions.took("get");

        assertThat(task.log(AuditFilter.ALL, PLENTY, 10, Optional.empty()).items())
                .hasSize(10);
        assertThat(task.sessions.took("get")).isLessThanOrEqualTo(20);
    }

    @Test
    void pages_with_a_filter_go_on_through_many_sessions() {
        AuditTask task = new AuditTask();
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            task.tell(Sessions.event(FactId.dedupKey("k" + i), FactKind.OTHER, -random.nextInt(500_000))
                    .setSessionId("s" + random.nextInt(400))
                    .setToolName("tool-" + i % 3)
                    .setAgentId(i % 7 == 0 ? AGENT : "c00000000000000000000000" + i % 7)
                    .build());
            if (i % 300 == 0) {
                task.commit();
                task.evict(0);
            }
        }
        List<AuditEntry> log = all(task, AuditFilter.ALL, 500);
        assertThat(log).hasSize(2000);
        for (AuditFilter filter : List.of(ofTool("tool-1"), ofAgent(AGENT))) {
            for (int limit : List.of(1, 7, 100, 500)) {
                assertThat(all(task, filter, limit))
                        .isEqualTo(log.stream()
                                .filter(entry -> fits(event(entry), filter))
                                .toList());
            }
        }
    }

    @Test
    void a_page_with_a_filter_ends_where_enough_was_looked_at_and_the_next_goes_on() {
        AuditTask task = new AuditTask();
        for (int i = 0; i < 250; i++) {
            task.tell("s", "k" + i, i);
        }
        task.tell(Sessions.event(FactId.dedupKey("failed"), FactKind.OTHER, -1000)
                .setSessionId("s")
                .setOutcome(Outcome.FAILED)
                .build());
        List<Integer> pages = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<AuditEntry> page = task.log(ofOutcome(EntryOutcome.FAILED), 100, 10, cursor);
            pages.add(page.items().size());
            cursor = page.nextCursor();
        } while (cursor.isPresent());

        assertThat(pages).containsExactly(0, 0, 1);
    }

    @Test
    void sessions_that_cannot_have_what_is_wanted_are_not_looked_at() {
        AuditTask task = new AuditTask();
        for (int i = 0; i < 2000; i++) {
            task.tell(Sessions.event(FactId.dedupKey("k" + i), FactKind.OTHER, -i)
                    .setSessionId(i % 500 == 250 ? null : "s" + i)
                    .setToolName(i % 500 == 250 ? "rare" : "common")
                    .build());
        }
        task.commit();
        task.evict(0);
        task.commit();
        task.sessions.took("get");

        assertThat(all(task, ofTool("rare"), 10)).hasSize(4);
        assertThat(task.sessions.took("get")).isLessThanOrEqualTo(40);
        assertThat(all(task, ofTool("nobody's"), 10)).isEmpty();
    }

    @Test
    void what_a_deleted_agent_did_is_not_shown_but_that_it_was_deleted_is() {
        AuditTask task = new AuditTask();
        task.tell("s", "k", 1000);
        task.tell(null, "l", 500);
        AgentCommand deletion = command(Sessions.T);
        deletion.setKind(AgentCommandKind.DELETE);
        task.live.audit("local", deletion.getAt(), CommandFormat.write(deletion));
        assertThat(all(task, AuditFilter.ALL, 10)).hasSize(3);

        task.controls.add(deletion);

        assertThat(all(task, AuditFilter.ALL, 10)).containsExactly(new AuditEntry.OfAgent(deletion));
    }

    @Test
    void what_is_older_than_retention_goes_and_nothing_else() {
        AuditTask task = new AuditTask();
        long old = Duration.ofDays(40).toMillis();
        task.tell("old", "k", old);
        task.tell(null, "k", old);
        task.live.audit("local", Sessions.T - old, CommandFormat.write(command(Sessions.T - old)));
        task.commit();
        task.evict(0);
        task.retain(Duration.ofDays(30), 2);
        assertThat(all(task, AuditFilter.ALL, 10)).isEmpty();
        // The row of numbers stays.
        assertThat(task.audit.all()).hasSize(1);
        assertThat(task.sessions.all()).isEmpty();

        task.tell("new", "k", 1000);
        task.live.audit("local", Sessions.T, CommandFormat.write(command(Sessions.T)));
        task.tell("old", "k", old);
        task.commit();
        task.evict(0);
        task.retain(Duration.ofDays(30), 2);

        List<AuditEntry> left = all(task, AuditFilter.ALL, 10);
        assertThat(left).hasSize(2);
        assertThat(left.get(0)).isEqualTo(new AuditEntry.OfAgent(command(Sessions.T)));
        assertThat(event(left.get(1)).getSessionId()).isEqualTo("new");
        assertThat(task.audit.all()).hasSize(3);
    }

    /** The rule in its plainest form: a denial is an error and never an interrupt, and an interrupt is neither error nor success. */
    private static boolean isSo(HookEvent event, EntryOutcome wanted) {
        if (wanted == EntryOutcome.DENIED) {
            return event.getDenialType() != null;
        }
        if (event.getInterrupted() && event.getDenialType() == null && event.getOutcome() != Outcome.PENDING) {
            return wanted == EntryOutcome.INTERRUPTED;
        }
        if (wanted == EntryOutcome.INTERRUPTED) {
            return event.getInterrupted() && event.getDenialType() == null;
        }
        return event.getOutcome() != null
                && wanted.name().equals(event.getOutcome().name());
    }
}
