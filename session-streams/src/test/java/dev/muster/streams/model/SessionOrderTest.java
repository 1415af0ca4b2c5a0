/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.avro.HookEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any order of the same events, with any of them repeated and the session written and opened anew at any time. */
class SessionOrderTest {

    @Property(tries = 600)
    void order_repetition_and_reopening_change_nothing(@ForAll("events") List<HookEvent> events, @ForAll long seed) {
        Account inOrder = new Account().tellAll(events);

        Random random = new Random(seed);
        List<HookEvent> shuffled = new ArrayList<>(events);
        shuffled.addAll(events.subList(0, random.nextInt(events.size() + 1)));
        Collections.shuffle(shuffled, random);
        Account other = Account.ofSmallRows(random).tellAll(shuffled, random);

        assertThat(other.lines()).isEqualTo(inOrder.lines());
        inOrder.reopen();
        assertThat(inOrder.lines()).isEqualTo(other.lines());
    }

    @Property(tries = 300)
    void what_a_copy_shows_is_what_is_written(@ForAll("events") List<HookEvent> events, @ForAll long seed) {
        Random random = new Random(seed);
        Account account = Account.ofSmallRows(random).tellAll(events.subList(1, events.size()), random);
        account.tell(events.get(0));
        Map<String, String> before = account.shown();
        account.write();

        assertThat(account.shown()).isEqualTo(before);
        account.reopen();
        assertThat(account.shown()).isEqualTo(before);
    }

    @Property(tries = 300)
    void a_session_equals_its_traces(@ForAll("events") List<HookEvent> events) {
        Account account = new Account().tellAll(events);
        SessionAggregate all = account.figures();
        var traces = account.traces().values();

        assertThat(traces.stream().mapToLong(t -> t.figures().events()).sum())
                .isEqualTo(all.figures().events())
                .isEqualTo(events.stream().map(HookEvent::getId).distinct().count());
        assertThat(traces.stream().mapToLong(TraceAggregate::errors).sum()).isEqualTo(all.errors());
        assertThat(traces.stream()
                        .mapToLong(t -> t.figures().openStartsBy(Long.MAX_VALUE))
                        .sum())
                .isEqualTo(all.figures().openStartsBy(Long.MAX_VALUE));
        assertThat(traces.stream().filter(t -> !t.id().isEmpty()).count()).isEqualTo(all.traces());
        assertThat(traces.stream()
                        .mapToLong(t -> t.figures().spend(false).picoUsd())
                        .sum())
                .isEqualTo(all.figures().spend(false).picoUsd());
    }

    @Provide
    Arbitrary<List<HookEvent>> events() {
        return RandomEvents.lists();
    }
}
