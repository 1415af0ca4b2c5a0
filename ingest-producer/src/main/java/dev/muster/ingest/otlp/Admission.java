/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import dev.muster.ingest.source.Issue;
import dev.muster.ingest.source.Text;
import dev.muster.schemas.RecordKey;
import dev.muster.schemas.avro.HookEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What a record must not be: its session's id is a key, which is never cut, and no address can hold NUL. */
final class Admission {

    private static final List<String> SESSIONS = List.of("session.id", "conversation.id", "gen_ai.conversation.id");

    private Admission() {}

    /** What is wrong with a record, or with an event that it tells; nothing of a record without events is kept. */
    static List<Issue> issues(Told told, List<HookEvent> events) {
        if (events.isEmpty()) {
            return List.of();
        }
        List<Issue> issues = new ArrayList<>();
        for (String session : SESSIONS) {
            if (told.attributes().path(session).asText().length() > RecordKey.MAX_SESSION_ID) {
                issues.add(Issue.at("Must have at most " + RecordKey.MAX_SESSION_ID + " characters", session));
            }
        }
        if (events.stream().flatMap(Admission::ids).anyMatch(Text::holdsNul)) {
            issues.add(Issue.at("No id or agent's name may hold the character U+0000"));
        }
        return issues;
    }

    private static Stream<String> ids(HookEvent event) {
        return Stream.of(
                        event.getAgentLabel(),
                        event.getSessionId(),
                        event.getTraceId(),
                        event.getToolUseId(),
                        event.getRequestId(),
                        event.getSubagentId())
                .filter(Objects::nonNull);
    }
}
