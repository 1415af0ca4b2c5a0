/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.HookEvents;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.LabelRank;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Source;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterruptsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[Request interrupted by user for tool use]",
                "The user interrupted the call",
                "Request was aborted.",
                "API Error: Request was aborted.",
                " Interrupted by user",
                "aborted by user after 3.2s"
            })
    void wordsThatClientsUseForIt(String message) {
        assertThat(marked(Outcome.FAILED, null, message, null)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AbortError", "APIUserAbortError"})
    void errorsOfWhoeverGaveUp(String type) {
        assertThat(marked(Outcome.FAILED, type, null, null)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Exit code 130",
                "Command timed out after 120 s",
                "grep: request was aborted: No such file",
                "connection aborted",
                ""
            })
    void whatOnlySoundsLikeItIsAFailure(String message) {
        assertThat(marked(Outcome.FAILED, "Error", message, null)).isFalse();
    }

    @Test
    void whatWentWellOrWasDeniedIsNone() {
        assertThat(marked(Outcome.SUCCESS, "AbortError", null, null)).isFalse();
        assertThat(marked(null, "AbortError", null, null)).isFalse();
        assertThat(marked(Outcome.FAILED, "AbortError", null, "user_rejected")).isFalse();
    }

    private static boolean marked(
            @Nullable Outcome outcome, @Nullable String type, @Nullable String message, @Nullable String denial) {
        HookEvent event = HookEvents.newBuilder()
                .setId("id")
                .setAccount("local")
                .setAgentId("agent")
                .setAgentLabel("label")
                .setAgentLabelRank(LabelRank.EXPLICIT)
                .setKind(FactKind.TOOL_END)
                .setSource(Source.OTLP_LOG)
                .setTimestamp(0)
                .setReceivedAt(0)
                .setOutcome(outcome)
                .setErrorType(type)
                .setErrorMessage(message)
                .setDenialType(denial)
                .build();
        Interrupts.mark(event);
        return event.getInterrupted();
    }
}
