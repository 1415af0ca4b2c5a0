/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ingest.source.Issue;
import dev.muster.ingest.source.MappedBody;
import dev.muster.ingest.source.MappedBody.Part;
import dev.muster.ingest.source.MappedBody.Refusal;
import dev.muster.schemas.AgentId;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.LabelRank;
import dev.muster.schemas.commands.AgentControl;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class GateTest {

    /** What a part of a generated body tells. */
    enum Line {
        NONSENSE,
        NOTHING,
        OF_FREE,
        OF_PAUSED,
        OF_DELETED
    }

    private static final Instant AT = Instant.parse("2026-11-22T17:00:00Z");
    private static final AgentControl PAUSED = new AgentControl(
            Optional.of("Night shift"),
            Optional.of(new AgentControl.Pause("ana", AT, Optional.empty())),
            Optional.empty());
    private static final AgentControl DELETED = new AgentControl(
            Optional.empty(),
            Optional.of(new AgentControl.Pause("ana", AT, Optional.of("over budget"))),
            Optional.of(AT));
    private static final Map<String, AgentControl> CONTROLS =
            Map.of(AgentId.of("acme", "OF_PAUSED"), PAUSED, AgentId.of("acme", "OF_DELETED"), DELETED);

    private final Gate gate = new Gate((account, agentId) -> CONTROLS.getOrDefault(agentId, AgentControl.NONE));

    @Property
    void everyPartIsEitherTakenOrRefusedInItsPlace(@ForAll @Size(max = 20) List<Line> lines) {
        MappedBody mapped = mapped(lines);

        Admitted admitted = gate.admit(mapped);

        assertThat(admitted.mapped().parts())
                .extracting(Part::index)
                .containsExactlyElementsOf(places(lines, Set.of(Line.OF_FREE, Line.OF_PAUSED)));
        assertThat(admitted.mapped().refused())
                .extracting(Refusal::index)
                .containsExactlyElementsOf(places(lines, Set.of(Line.NONSENSE, Line.OF_DELETED)));
        assertThat(admitted.mapped().refused())
                .filteredOn(refusal -> refusal.reason() == Refusal.Reason.AGENT_DELETED)
                .extracting(Refusal::index)
                .containsExactlyElementsOf(places(lines, Set.of(Line.OF_DELETED)));
        assertThat(admitted.stopReasons().keySet())
                .containsExactlyInAnyOrderElementsOf(places(lines, Set.of(Line.OF_PAUSED)));
        assertThat(admitted.mapped().ignored()).isEqualTo(mapped.ignored());
    }

    @Test
    void aPauseWithoutReasonTellsWhoAndWhen() {
        assertThat(gate.admit(mapped(List.of(Line.OF_PAUSED))).stopReason())
                .hasValue("This agent is paused in Muster until it is resumed there; ana paused it at "
                        + "2026-11-22T17:00:00Z.");
    }

    private static List<Integer> places(List<Line> lines, Set<Line> wanted) {
        return IntStream.range(0, lines.size())
                .filter(place -> wanted.contains(lines.get(place)))
                .boxed()
                .toList();
    }

    private static MappedBody mapped(List<Line> lines) {
        List<Part> parts = new ArrayList<>();
        List<Refusal> refused = new ArrayList<>();
        for (int place = 0; place < lines.size(); place++) {
            Line line = lines.get(place);
            switch (line) {
                case NONSENSE -> refused.add(Refusal.invalid(place, List.of(Issue.at("wrong"))));
                case NOTHING -> {
                    // It is counted by its name alone.
                }
                case OF_FREE, OF_PAUSED, OF_DELETED -> parts.add(new Part(place, List.of(event(line), event(line))));
            }
        }
        return new MappedBody(parts, refused, Map.of("nothing", 1));
    }

    private static HookEvent event(Line line) {
        HookEvent event = new HookEvent();
        event.setAccount("acme");
        event.setSessionId("shared");
        event.setAgentId(AgentId.of("acme", line.name()));
        event.setAgentLabel(line.name());
        event.setAgentLabelRank(LabelRank.EXPLICIT);
        return event;
    }
}
