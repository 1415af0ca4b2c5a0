/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.data;

import java.util.List;
import java.util.SplittableRandom;

/** What a fleet's sessions are made of: models, tools and words, of each a common one and a rare one. */
public final class FleetWords {

    /** Two sessions of five ask it. */
    public static final String COMMON_MODEL = "claude-sonnet-5";

    /** One session of 200 asks it. */
    public static final String RARE_MODEL = "gemini-2.5-pro";

    /** One tool call of three is of it. */
    public static final String COMMON_TOOL = "Bash";

    /** One session of 200 calls it. */
    public static final String RARE_TOOL = "NotebookEdit";

    /** Stands in one title of ten. */
    public static final String COMMON_TEXT = "timeout";

    /** Stands in one title of 200. */
    public static final String RARE_TEXT = "quarantine";

    /** Stands in no title. */
    public static final String ABSENT_TEXT = "xylophone";

    private static final List<String> OTHER_MODELS = List.of(
            "claude-opus-5", "claude-haiku-4-5", "claude-sonnet-4-5", "gpt-5.4", "gpt-5.3-codex", "gemini-3.5-flash");

    private static final List<String> OTHER_TOOLS = List.of(
            "Read",
            "Edit",
            "Grep",
            "Write",
            "Glob",
            "WebFetch",
            "WebSearch",
            "Task",
            "TodoWrite",
            "BashOutput",
            "KillShell",
            "ExitPlanMode",
            "Skill",
            "mcp__github__get_issue",
            "mcp__github__create_pull_request",
            "mcp__postgres__query",
            "mcp__browser__navigate",
            "mcp__slack__post_message");

    private static final List<String> VERBS = List.of(
            "Fix",
            "Find",
            "Rewrite",
            "Explain",
            "Test",
            "Remove",
            "Measure",
            "Document",
            "Split",
            "Rename",
            "Add",
            "Review",
            "Upgrade",
            "Translate",
            "Simplify",
            "Trace",
            "Port",
            "Restore",
            "Compare",
            "Delete");

    private static final List<String> KINDS = List.of(
            "flaky",
            "slow",
            "missing",
            "broken",
            "old",
            "new",
            "second",
            "nightly",
            "public",
            "unused",
            "wrong",
            "generated",
            "shared",
            "empty",
            "hidden",
            "large");

    private static final List<String> THINGS = List.of(
            "test",
            "build",
            "endpoint",
            "migration",
            "cache",
            "log line",
            "invoice",
            "parser",
            "form",
            "import",
            "cursor",
            "header",
            "schedule",
            "counter",
            "retry",
            "schema",
            "index",
            "page",
            "button",
            "report",
            "queue",
            "token",
            "fixture",
            "certificate",
            "webhook",
            "query",
            "permission",
            "image",
            "lock",
            "pipeline");

    private static final String BEGINNINGS = "bdfgklmnprstvz";
    private static final String VOWELS = "aeiou";
    private static final int MIN_SYLLABLES = 2;
    private static final int MAX_SYLLABLES = 4;

    private FleetWords() {}

    static String model(SplittableRandom random) {
        return random.nextInt(5) < 2 ? COMMON_MODEL : one(OTHER_MODELS, random);
    }

    static String tool(SplittableRandom random) {
        return random.nextInt(3) == 0 ? COMMON_TOOL : one(OTHER_TOOLS, random);
    }

    /** A sentence of some fifty characters, 80 at most. */
    static String sentence(SplittableRandom random) {
        return sentence(random.nextInt(10) == 0 ? COMMON_TEXT : one(THINGS, random), random);
    }

    /** A sentence about something. */
    static String sentence(String thing, SplittableRandom random) {
        return one(VERBS, random) + " the " + one(KINDS, random) + " " + thing + " of " + name(random) + " in "
                + name(random);
    }

    /** A name of some component: there are many, as in life. */
    private static String name(SplittableRandom random) {
        StringBuilder name = new StringBuilder();
        int syllables = random.nextInt(MIN_SYLLABLES, MAX_SYLLABLES + 1);
        for (int i = 0; i < syllables; i++) {
            name.append(BEGINNINGS.charAt(random.nextInt(BEGINNINGS.length())));
            name.append(VOWELS.charAt(random.nextInt(VOWELS.length())));
        }
        return name.toString();
    }

    private static String one(List<String> of, SplittableRandom random) {
        return of.get(random.nextInt(of.size()));
    }
}
