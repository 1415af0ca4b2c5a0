/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.LabelRank;
import dev.muster.schemas.avro.Outcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose a session is, and whether its agent waits for the user. */
class SessionOwnerTest {

    @Test
    void the_best_ranked_label_owns_the_session_then_the_earliest_then_the_smaller_text() {
        AgentLabel service = AgentLabel.NONE.orBetter(label("ca", "b", LabelRank.SERVICE, 1));
        AgentLabel explicit = service.orBetter(label("ca", "b", LabelRank.EXPLICIT, 2));
        assertThat(explicit.rank()).isEqualTo(LabelRank.EXPLICIT);
        assertThat(explicit.orBetter(label("ca", "a", LabelRank.SERVICE, 0))).isEqualTo(explicit);

        assertThat(explicit.orBetter(label("cz", "z", LabelRank.EXPLICIT, 1)).label())
                .isEqualTo("z");
        assertThat(explicit.orBetter(label("ca", "a", LabelRank.EXPLICIT, 3))).isEqualTo(explicit);

        assertThat(explicit.orBetter(label("cz", "a", LabelRank.EXPLICIT, 2)).label())
                .isEqualTo("a");
        assertThat(explicit.orBetter(label("c0", "c", LabelRank.EXPLICIT, 2))).isEqualTo(explicit);

        assertThat(explicit.orBetter(label("c0", "b", LabelRank.EXPLICIT, 2)).agentId())
                .isEqualTo("c0");
        assertThat(explicit.orBetter(label("cz", "b", LabelRank.EXPLICIT, 2))).isEqualTo(explicit);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "PermissionRequest, -, true",
                "Elicitation, -, true",
                "Notification, -, true",
                "Notification, {}, true",
                "Notification, not JSON, true",
                "Notification, {\"notification_type\": \"permission_prompt\"}, true",
                "Notification, {\"notification_type\": \"idle_prompt\"}, true",
                "Notification, {\"notification_type\": \"agent_needs_input\"}, true",
                "Notification, {\"notification_type\": \"elicitation_dialog\"}, true",
                "Notification, {\"notification_type\": \"auth_success\"}, false",
                "SessionStart, -, false",
                "-, {\"notification_type\": \"idle_prompt\"}, false"
            })
    void an_agent_asks_by_its_hook_and_notification(@Nullable String hook, @Nullable String metadata, boolean asks) {
        assertThat(hook(FactKind.OTHER, hook, metadata).asksFor != null).isEqualTo(asks);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "OTHER, ElicitationResult, true",
                "OTHER, SessionEnd, true",
                "OTHER, Stop, false",
                "OTHER, Elicitation, false",
                "OTHER, -, false",
                "PROMPT, UserPromptSubmit, true",
                "TOOL_END, PostToolUse, true",
                "TOOL_START, PreToolUse, false",
                "MODEL_REQUEST, -, false",
                "FAILED_TURN, SessionEnd, false"
            })
    void a_prompt_a_calls_end_or_an_answer_goes_on(FactKind kind, @Nullable String hook, boolean answers) {
        assertThat(hook(kind, hook, null).answers).isEqualTo(answers);
    }

    private static Fact hook(FactKind kind, @Nullable String hook, @Nullable String metadata) {
        return fact(Told.event("e", kind, 0)
                .setHookEvent(hook)
                .setMetadata(metadata)
                .setOutcome(Outcome.SUCCESS)
                .build());
    }

    private static Fact label(String agentId, String label, LabelRank rank, long time) {
        return fact(Told.event("e", FactKind.OTHER, time)
                .setAgentId(agentId)
                .setAgentLabel(label)
                .setAgentLabelRank(rank)
                .build());
    }

    private static Fact fact(HookEvent event) {
        return Fact.of(FactBodies.look(FactBodies.write(event)));
    }
}
