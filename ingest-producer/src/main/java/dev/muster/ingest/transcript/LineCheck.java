/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.transcript;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.source.Fields;
import dev.muster.ingest.source.Issue;
import dev.muster.ingest.source.Text;
import dev.muster.schemas.RecordKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a line must have to tell facts. */
final class LineCheck {

    private static final List<String> IDS = List.of("sessionId", "promptId", "requestId", "agentId", "uuid");
    private static final List<String> CALL_IDS = List.of("id", "tool_use_id");
    private static final Instant EARLIEST = Instant.parse("1973-03-03T09:46:40Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private LineCheck() {}

    /** Whether a line is of a type that tells facts. */
    static boolean hasFacts(ObjectNode line) {
        String type = line.path("type").asText();
        return type.equals("user") || type.equals("assistant") || Prompts.isQueued(line) || Compactions.isOne(line);
    }

    /** All that is wrong with a line. */
    static List<Issue> issues(ObjectNode line) {
        List<Issue> issues = new ArrayList<>();
        if (new Fields(line).id("sessionId").isEmpty()) {
            issues.add(Issue.at("Required", "sessionId"));
        }
        if (line.path("sessionId").asText().length() > RecordKey.MAX_SESSION_ID) {
            issues.add(Issue.at("Must have at most " + RecordKey.MAX_SESSION_ID + " characters", "sessionId"));
        }
        for (String id : IDS) {
            if (Text.holdsNul(line.path(id).asText())) {
                issues.add(Issue.at(Text.NUL_REFUSED, id));
            }
        }
        issues.addAll(calls(line.path("message").path("content")));
        if (!isTime(line.path("timestamp").asText())) {
            issues.add(Issue.at("Must be a time from " + EARLIEST + " to " + LATEST, "timestamp"));
        }
        return issues;
    }

    /** What is wrong with the ids of the calls that a line asks for or has the results of. */
    private static List<Issue> calls(JsonNode content) {
        List<Issue> issues = new ArrayList<>();
        for (int i = 0; i < content.size(); i++) {
            for (String id : CALL_IDS) {
                if (Text.holdsNul(content.path(i).path(id).asText())) {
                    issues.add(Issue.at(Text.NUL_REFUSED, "message", "content", String.valueOf(i), id));
                }
            }
        }
        return issues;
    }

    private static boolean isTime(String text) {
        try {
            Instant time = Instant.parse(text);
            return !time.isBefore(EARLIEST) && !time.isAfter(LATEST);
        } catch (DateTimeException e) {
            return false;
        }
    }
}
