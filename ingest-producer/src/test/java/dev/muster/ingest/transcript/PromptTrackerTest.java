/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.transcript;

import static dev.muster.ingest.transcript.Transcript.assistant;
import static dev.muster.ingest.transcript.Transcript.events;
import static dev.muster.ingest.transcript.Transcript.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.avro.HookEvent;
import org.junit.jupiter.api.Test;

class PromptTrackerTest {

    private static final String ANSWER = "'id':'m1','model':'m','content':[{'type':'text','text':'Hi'}]";
    private static final String UNTOLD = "'promptId':null";

    @Test
    void whatTheModelSaysBelongsToThePromptBeforeIt() {
        assertThat(events(user("'go'", "'promptId':'p1'"), answer(), user("'on'", "'promptId':'p2'"), answer()))
                .extracting(HookEvent::getTraceId)
                .containsExactly("p1", "p1", "p2", "p2");
    }

    @Test
    void aSubagentInTheBackgroundStaysWithItsPrompt() {
        String subagent = "'agentId':'a1','isSidechain':true";

        assertThat(events(
                        user("'count'", "'promptId':'p1'", subagent),
                        user("'meanwhile'", "'promptId':'p2'"),
                        answer(subagent),
                        answer()))
                .extracting(HookEvent::getTraceId)
                .containsExactly("p2", "p1", "p2");
    }

    @Test
    void sessionsAreApart() {
        assertThat(events(user("'go'", "'promptId':'p1'"), answer("'sessionId':'s2'")))
                .extracting(HookEvent::getTraceId)
                .containsExactly("p1", null);
    }

    @Test
    void whatALineSaysItselfStands() {
        assertThat(events(user("'go'", "'promptId':'p1'"), assistant(ANSWER, "'promptId':'p9'")))
                .extracting(HookEvent::getTraceId)
                .containsExactly("p1", "p9");
    }

    @Test
    void behindAnOlderClientsPromptNothingIsKnown() {
        assertThat(events(user("'go'", "'promptId':'p1'"), user("'on'", UNTOLD, "'uuid':'u7'"), answer()))
                .extracting(HookEvent::getTraceId)
                .containsExactly("p1", "u7", null);
    }

    private static String answer(String... fields) {
        String[] all = new String[fields.length + 1];
        all[0] = UNTOLD;
        System.arraycopy(fields, 0, all, 1, fields.length);
        return assistant(ANSWER, all);
    }
}
