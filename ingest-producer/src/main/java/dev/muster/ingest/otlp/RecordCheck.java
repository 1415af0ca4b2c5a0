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

/**
 * Checks what makes a record unacceptable: a session id that is too long for a key, or an id with the character NUL.
 */
final class RecordCheck {

    private static final List<String> SESSIONS = List.of("session.id", "conversation.id", "gen_ai.conversation.id");

    private RecordCheck() {}

    /** What is wrong with a record or its events; nothing if it has no events, for then nothing of it is kept. */
    static List<Issue> issues(TelemetryRecord record, List<HookEvent> events) {
        if (events.isEmpty()) {
            return List.of();
        }
        List<Issue> issues = new ArrayList<>();
        for (String session : SESSIONS) {
            if (record.attributes().path(session).asText().length() > RecordKey.MAX_SESSION_ID) {
                issues.add(Issue.at("Must have at most " + RecordKey.MAX_SESSION_ID + " characters", session));
            }
        }
        if (events.stream().flatMap(RecordCheck::ids).anyMatch(Text::holdsNul)) {
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
