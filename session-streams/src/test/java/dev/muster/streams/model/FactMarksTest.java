/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FactMarksTest {

    /** Whatever copies told, in whatever order, and whatever became of the session meanwhile. */
    @Property(tries = 300)
    void what_a_session_has_is_marked(@ForAll("events") List<HookEvent> events, @ForAll Random random) {
        Account account = Account.ofSmallRows(random).tellAll(events, random);
        if (random.nextBoolean()) {
            account.session().trim(events.get(random.nextInt(events.size())).getTimestamp());
        }
        SessionAggregate session = account.figures();
        account.write();

        for (StoredFact fact : account.facts()) {
            HookEvent event = fact.event();
            FactMarks wanted = new FactMarks();
            wanted.addType(event.getType());
            wanted.addName(event.getAgentId());
            if (event.getOutcome() != null) {
                wanted.addOutcome(event.getOutcome());
            }
            if (event.getToolName() != null) {
                wanted.addName(event.getToolName());
            }
            assertThat(wanted.isWithin(session.marks())).as("%s", event).isTrue();
        }
        account.traces().forEach((id, trace) -> {
            if (!id.equals(TraceAggregate.PREAMBLE)) {
                FactMarks wanted = new FactMarks();
                wanted.addTrace(id);
                assertThat(wanted.isWithin(session.marks())).as("trace %s", id).isTrue();
                assertThat(trace.start()).as("trace %s", id).isLessThanOrEqualTo(session.latestTraceStart());
            }
        });
    }

    @Provide
    Arbitrary<List<HookEvent>> events() {
        return RandomEvents.lists().filter(events -> !events.isEmpty());
    }

    /** Rows have them. */
    @Example
    void marks_stay_where_they_are() {
        FactMarks marks = new FactMarks();
        marks.addType(EventType.DECISION);
        marks.addType(EventType.ERROR);
        marks.addOutcome(Outcome.PENDING);
        marks.addOutcome(Outcome.FAILED);
        marks.addName("Bash");
        marks.addTrace("trace-1");
        long[] words = new long[FactMarks.WORDS];
        marks.copyTo(words, 0);

        assertThat(words)
                .containsExactly(0x5_0000_0021L, 71303168L, 2305843009213693952L, 262144L, 144115188075859968L);
    }

    @Example
    void what_a_session_has_not_is_rarely_marked() {
        FactMarks marks = new FactMarks();
        for (int i = 0; i < 5; i++) {
            marks.add(Fact.of(FactBodies.look(FactBodies.write(Told.event("e" + i, FactKind.OTHER, 0)
                    .setAgentId("c000000000000000000000000")
                    .setType(EventType.TOOL)
                    .setOutcome(Outcome.SUCCESS)
                    .setToolName("tool-" + i)
                    .build()))));
        }
        int seeming = 0;
        for (int i = 0; i < 10_000; i++) {
            FactMarks wanted = new FactMarks();
            wanted.addName("other-" + i);
            seeming += wanted.isWithin(marks) ? 1 : 0;
        }
        FactMarks errors = new FactMarks();
        errors.addType(EventType.ERROR);
        FactMarks failed = new FactMarks();
        failed.addOutcome(Outcome.FAILED);

        assertThat(seeming).isLessThan(60);
        assertThat(errors.isWithin(marks)).isFalse();
        assertThat(failed.isWithin(marks)).isFalse();
    }
}
