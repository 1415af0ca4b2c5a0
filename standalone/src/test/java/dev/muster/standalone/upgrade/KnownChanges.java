/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.upgrade;

import java.util.Map;
import java.util.regex.Pattern;

/** What answers have since that they had not, or have otherwise on purpose: the changelog says each. */
final class KnownChanges {

    private static final Pattern FIELD = Pattern.compile("\"interrupts\":0,|\"missing\":\\[\\],");
    private static final String COLUMNS =
            ",interrupted,repo,branch,host,user,inputFingerprint,outcomeFingerprint,setAsideFrom\n";
    /** The last cells of a row, behind an event's id or a command's empty one. */
    private static final Pattern CELLS = Pattern.compile("(?m)(,(?:\"evt_[0-9a-f]{24}\")?),{8}$");

    /** What hooks alone do not tell was zero. */
    private static final Pattern UNKNOWN =
            Pattern.compile("\"tokens\":null,\"cost\":\\{\"usd\":null,\"unpricedTokens\":null,\"reportedUsd\":null}"
                    + "(,\"missing\":\\[\"telemetry\",\"transcript\"])?");

    private static final String ZERO = "\"tokens\":{\"input\":0,\"output\":0,\"cacheRead\":0,\"cacheWrite5m\":0,"
            + "\"cacheWrite1h\":0,\"total\":0},\"cost\":{\"usd\":0,\"unpricedTokens\":0,\"reportedUsd\":null}";

    /** Where sessions work, which nothing of before tells, and what is known of their conversations. */
    private static final Pattern SURROUNDINGS = Pattern.compile(
            "\"waitingFor\":(?:null|\\{[^}]*}),\"repo\":null,\"branch\":null,\"host\":null,\"user\":null,"
                    + "\"background\":null,\"context\":\\{[^}]*},|"
                    + ",\"by_repo\":\\[],\"by_branch\":\\[],\"by_host\":\\[],\"by_user\":\\[]");

    /** By the words of today those of before. */
    private static final Map<String, String> PUT_RIGHT = Map.of(
            "outcome must be pending, success, failed, denied or interrupted.",
            "outcome must be pending, success or failed.",
            // A span that was in the journal: its trace begins with its start.
            "\"startedAt\":\"2026-11-30T03:40:00.000Z\",\"endedAt\":\"2026-11-30T03:40:52.900Z\",\"durationMs\":52900,",
            "\"startedAt\":\"2026-11-30T03:40:52.900Z\",\"endedAt\":\"2026-11-30T03:40:52.900Z\",\"durationMs\":0,");

    private KnownChanges() {}

    /** A body as it was before them; as nothing was interrupted before, whatever says that something was is left in. */
    static String undone(String body) {
        int header = body.indexOf(COLUMNS);
        if (header >= 0 && header < body.indexOf('\n')) {
            return CELLS.matcher(body.replaceFirst(COLUMNS, "\n")).replaceAll("$1");
        }
        String before = FIELD.matcher(body).replaceAll("");
        before = SURROUNDINGS.matcher(before).replaceAll("");
        before = UNKNOWN.matcher(before).replaceAll(ZERO);
        for (Map.Entry<String, String> change : PUT_RIGHT.entrySet()) {
            before = before.replace(change.getKey(), change.getValue());
        }
        return before;
    }
}
