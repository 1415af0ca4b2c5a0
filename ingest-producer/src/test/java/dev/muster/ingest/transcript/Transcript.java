/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ingest.Fixtures;
import dev.muster.ingest.source.InvalidBodyException;
import dev.muster.ingest.source.MappedBody;
import dev.muster.schemas.avro.HookEvent;
import java.util.List;

/** Lines of transcripts for tests. In what they take, a single quote stands for a double one. */
final class Transcript {

    static final String SESSION = "s1";
    static final String TIME = "2026-11-22T16:00:00.000Z";

    private Transcript() {}

    /** A line of the user's; its content is JSON. */
    static String user(String content, String... fields) {
        return line("'type':'user','message':{'role':'user','content':" + content + "}", fields);
    }

    /** A line of the model's; its message is an object's fields without braces. */
    static String assistant(String message, String... fields) {
        return line("'type':'assistant','message':{'role':'assistant'," + message + "}", fields);
    }

    /** A line with time, session, place and prompt, and with other fields, which go before those. */
    static String line(String content, String... fields) {
        String given = String.join(",", fields);
        StringBuilder line = new StringBuilder("{").append(content);
        for (String field : List.of(
                "'timestamp':'" + TIME + "'",
                "'sessionId':'" + SESSION + "'",
                "'cwd':'/home/dev/project'",
                "'uuid':'u1'",
                "'promptId':'p1'")) {
            if (!given.contains(field.substring(0, field.indexOf(':') + 1))) {
                line.append(',').append(field);
            }
        }
        return (given.isEmpty() ? line : line.append(',').append(given))
                .append('}')
                .toString()
                .replace('\'', '"');
    }

    static MappedBody read(String... lines) {
        try {
            return new TranscriptLines().read(Fixtures.request(String.join("\n", lines)));
        } catch (InvalidBodyException e) {
            throw new AssertionError("refused: " + e.issues(), e);
        }
    }

    /** The events of lines of which none may be refused. */
    static List<HookEvent> events(String... lines) {
        MappedBody mapped = read(lines);
        assertThat(mapped.refused()).isEmpty();
        return mapped.events();
    }

    /** The one event of lines. */
    static HookEvent event(String... lines) {
        List<HookEvent> events = events(lines);
        assertThat(events).hasSize(1);
        return events.get(0);
    }
}
