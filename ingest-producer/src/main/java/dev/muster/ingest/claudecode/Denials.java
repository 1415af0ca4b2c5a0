/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.claudecode;

/** Who denied a tool call, in Voight's words for it. */
public final class Denials {

    private Denials() {}

    /**
     * The type of a denial by the source of the decision, as Claude Code's telemetry and transcripts name it.
     *
     * @param source config, hook, user_reject, user_abort, user_permanent, user_temporary; anything else is the user's
     */
    public static String type(String source) {
        return switch (source) {
            case "config", "rule", "settings" -> "settings_blocked";
            case "hook" -> "hook_blocked";
            default -> "user_rejected";
        };
    }
}
