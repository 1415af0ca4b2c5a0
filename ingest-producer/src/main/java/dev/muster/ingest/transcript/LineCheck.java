/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.transcript;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
    private static final Instant EARLIEST = Instant.parse("1973-03-03T09:46:40Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private LineCheck() {}

    /** Whether a line is of a type that tells facts. */
    static boolean tellsFacts(ObjectNode line) {
        String type = line.path("type").asText();
        return type.equals("user") || type.equals("assistant");
    }

    /** All that is wrong with a line. */
    static List<Issue> issues(ObjectNode line) {
        List<Issue> issues = new ArrayList<>();
        String session = line.path("sessionId").asText();
        if (session.isBlank()) {
            issues.add(Issue.at("Required", "sessionId"));
        }
        if (session.length() > RecordKey.MAX_SESSION_ID) {
            issues.add(Issue.at("Must have at most " + RecordKey.MAX_SESSION_ID + " characters", "sessionId"));
        }
        for (String id : IDS) {
            if (Text.holdsNul(line.path(id).asText())) {
                issues.add(Issue.at(Text.NUL_REFUSED, id));
            }
        }
        if (!isTime(line.path("timestamp").asText())) {
            issues.add(Issue.at("Must be a time from " + EARLIEST + " to " + LATEST, "timestamp"));
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
