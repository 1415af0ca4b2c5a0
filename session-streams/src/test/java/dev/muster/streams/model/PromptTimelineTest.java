/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.muster.streams.model.PromptTimeline.Prompt;
import dev.muster.streams.model.PromptTimeline.Segment;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PromptTimelineTest {

    @Property
    void it_answers_as_a_sorted_map_of_places_would(@ForAll("prompts") List<Prompt> prompts) {
        PromptTimeline timeline = new PromptTimeline();
        TreeMap<FactPosition, String> expected = new TreeMap<>();
        for (Prompt prompt : prompts) {
            // The same place again takes the prompt out.
            if (expected.remove(prompt.place()) != null) {
                timeline.remove(prompt.place());
            } else {
                expected.put(prompt.place(), prompt.trace());
                timeline.add(prompt);
            }
        }
        assertThat(timeline.prompts())
                .isEqualTo(expected.entrySet().stream()
                        .map(entry -> new Prompt(entry.getKey(), entry.getValue()))
                        .toList());
        assertThat(timeline.promptsOf("a")).allMatch(prompt -> prompt.trace().equals("a"));
        for (long time = -1; time <= 13; time++) {
            assertSegment(timeline.segmentAt(time), expected, time);
            assertThat(timeline.traceAt(time))
                    .isEqualTo(timeline.segmentAt(time).trace());
        }
        assertSegment(timeline.segmentAt(Long.MAX_VALUE), expected, Long.MAX_VALUE);
    }

    private static void assertSegment(Segment segment, NavigableMap<FactPosition, String> expected, long time) {
        FactPosition last = new FactPosition(time, -1);
        Map.Entry<FactPosition, String> at = expected.floorEntry(last);
        FactPosition next = expected.higherKey(last);
        assertThat(segment)
                .isEqualTo(new Segment(
                        at == null ? Long.MIN_VALUE : at.getKey().time(),
                        next == null ? Long.MAX_VALUE : next.time(),
                        at == null ? TraceAggregate.PREAMBLE : at.getValue()));
    }

    @Test
    void a_prompt_that_is_not_there_cannot_go() {
        PromptTimeline timeline = new PromptTimeline();
        timeline.add(new Prompt(new FactPosition(1, 2), "a"));

        assertThatIllegalStateException()
                .isThrownBy(() -> timeline.remove(new FactPosition(1, 3)))
                .withMessageContaining("no prompt at");
    }

    @Provide
    Arbitrary<List<Prompt>> prompts() {
        Arbitrary<FactPosition> places = Combinators.combine(
                        Arbitraries.longs().between(0, 12), Arbitraries.of(1L, 2L, -1L))
                .as(FactPosition::new);
        return Combinators.combine(places, Arbitraries.of("a", "b", "c"))
                .as(Prompt::new)
                .list()
                .ofMaxSize(40);
    }
}
