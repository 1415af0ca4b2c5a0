/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.avro.AgentCommand;
import dev.muster.schemas.avro.AgentCommandKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.commands.CommandFormat;
import dev.muster.streams.read.AuditEntry;
import dev.muster.streams.read.AuditFilter;
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
        return new AuditFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(session),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static AuditFilter ofOutcome(Outcome outcome) {
        return new AuditFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.<EntryType>empty(),
                Optional.of(outcome),
                Optional.empty(),
                Optional.empty());
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
            AuditTask task = new AuditTask();
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
        }
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
                task.tell(session == 0 ? null : "s" + session, "k" + random.nextInt(20), random.nextInt(6000));
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
    void a_page_with_a_filter_ends_where_enough_was_looked_at_and_the_next_goes_on() {
        AuditTask task = new AuditTask();
        for (int i = 0; i < 250; i++) {
            task.tell("s", "k" + i, i);
        }
        List<Integer> pages = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<AuditEntry> page = task.log(ofOutcome(Outcome.FAILED), 100, 10, cursor);
            pages.add(page.items().size());
            cursor = page.nextCursor();
        } while (cursor.isPresent());

        assertThat(pages).containsExactly(0, 0, 0);
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
}
