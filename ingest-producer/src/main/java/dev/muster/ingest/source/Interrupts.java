/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.source;

import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the user broke off: no error of the agent, although it failed. Claude Code's hooks say so in a field of their own; other
 * sources by the kind of the error, or by the words that clients put in its place, which are the same in each version seen.
 */
public final class Interrupts {

    /** The errors that the libraries of providers and JavaScript itself throw when whoever asked gives up. */
    private static final Set<String> TYPES = Set.of("aborterror", "apiuseraborterror");

    /** How a message begins, in small letters: of Claude Code's transcripts and hooks, its SDK's requests, and Codex's tools. */
    private static final List<String> WORDS = List.of(
            "[request interrupted by user",
            "the user interrupted",
            "request was aborted",
            "interrupted by user",
            "interrupted by the user",
            "aborted by user",
            "aborted by the user");

    /** What Claude Code writes before what a request failed with. */
    private static final String API_ERROR = "api error:";

    private Interrupts() {}

    /** Marks an event whose error says that the user broke it off; a denial is none, whatever its words. */
    public static void mark(HookEvent event) {
        boolean failed = event.getOutcome() == Outcome.FAILED && event.getDenialType() == null;
        if (failed && (isType(event.getErrorType()) || isMessage(event.getErrorMessage()))) {
            event.setInterrupted(true);
        }
    }

    private static boolean isType(@Nullable String type) {
        return type != null && TYPES.contains(type.toLowerCase(Locale.ROOT));
    }

    private static boolean isMessage(@Nullable String message) {
        if (message == null) {
            return false;
        }
        String words = message.strip().toLowerCase(Locale.ROOT);
        String cause = words.startsWith(API_ERROR)
                ? words.substring(API_ERROR.length()).strip()
                : words;
        return WORDS.stream().anyMatch(cause::startsWith);
    }
}
