/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.schemas.avro.Tokens;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rule of a fact's identity: its natural key within account and session, the same from whichever source tells it.
 * Two records with one id are copies of one fact, counted once. No id is made from a trace that was derived.
 *
 * <p>A provider's id is such a key only if it cannot come again, which {@link #isUnique its value alone} tells. One that can, as
 * {@code Bash:0} or a gateway's constant, names a fact only {@link #within its prompt and by order}: the k-th that a source tells
 * with it is the k-th of any other source.
 */
public final class FactId {

    private static final int MAX_LENGTH = 256;
    /** Ends a natural key where a prompt's id follows. */
    private static final char WITHIN = '\n';

    /** As many digits as a time in milliseconds has: a counter never comes that far. */
    private static final int DIGITS_OF_A_TIME = 12;
    /** Words have their digits at the end, and one large letter at the beginning of each; chance mixes them. */
    private static final int RANDOM_LENGTH = 12;

    private static final int DIGIT_CHANGES = 3;
    private static final int MIXED_LENGTH = 16;
    private static final int MIXED_CHANGES = 6;
    private static final int LARGE_PAIRS = 2;
    private static final int UUID_LENGTH = 32;

    private static final int DIGIT = 0;
    private static final int SMALL = 1;
    private static final int LARGE = 2;

    private FactId() {}

    /**
     * Whether an id that a provider or client chose can name one thing only: there is a number in it as long as a time, or a stretch
     * of letters and digits mixed as chance mixes them. {@code toolu_01A09q90qw90lq917835lq9}, a UUID or
     * {@code call_1796006711903_1} are unique; {@code Bash:0}, {@code call_1}, {@code gw} and zeros are counted or constant. The
     * value alone decides, so that it does not matter what came before. Of ids drawn at random about one in a thousand is taken
     * for one that is not unique, which then goes by its prompt and by order, and is as right where no call is missing.
     */
    public static boolean isUnique(String id) {
        // The groups of a UUID are short.
        return hasRandom(id, 0) || (id.indexOf('-') >= 0 && hasRandom(id.replace("-", ""), UUID_LENGTH));
    }

    private static boolean hasRandom(String id, int atLeast) {
        int start = 0;
        for (int at = 0; at <= id.length(); at++) {
            if (at == id.length() || !isLetterOrDigit(id.charAt(at))) {
                if (at - start >= atLeast && isRandom(id.substring(start, at))) {
                    return true;
                }
                start = at + 1;
            }
        }
        return false;
    }

    private static boolean isLetterOrDigit(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isRandom(String stretch) {
        int digits = 0;
        int changes = 0;
        int digitChanges = 0;
        int largePairs = 0;
        int before = -1;
        for (int i = 0; i < stretch.length(); i++) {
            int kind = kindOf(stretch.charAt(i));
            digits += kind == DIGIT ? 1 : 0;
            if (before >= 0 && kind != before) {
                changes++;
                digitChanges += kind == DIGIT || before == DIGIT ? 1 : 0;
            }
            largePairs += kind == LARGE && before == LARGE ? 1 : 0;
            before = kind;
        }
        boolean isTime =
                digits >= DIGITS_OF_A_TIME && stretch.chars().distinct().count() > DIGIT_CHANGES;
        return isTime
                || (stretch.length() >= RANDOM_LENGTH && digitChanges >= DIGIT_CHANGES)
                || (stretch.length() >= MIXED_LENGTH && changes >= MIXED_CHANGES && largePairs >= LARGE_PAIRS);
    }

    private static int kindOf(char c) {
        return isDigit(c) ? DIGIT : c >= 'a' ? SMALL : LARGE;
    }

    /**
     * The key of a fact whose id is not unique.
     *
     * @param key as it would be if the id were
     * @param promptId the prompt that it was sent with, if any
     * @param order how many facts with that key and prompt its source had told before
     */
    public static String within(String key, @Nullable String promptId, int order) {
        return bounded(key + WITHIN + (promptId == null ? "" : promptId) + WITHIN + order);
    }

    /** Whether an id is one of those that {@link #within} makes of another. */
    public static boolean isWithin(String id) {
        return id.indexOf(WITHIN) >= 0;
    }

    /** What the id of a prompt's first fact with its key was before prompts were part of it; null for any other id. */
    public static @Nullable String withoutPrompt(String id) {
        return isWithin(id) && id.endsWith(WITHIN + "0") ? id.substring(0, id.indexOf(WITHIN)) : null;
    }

    /** A tool call's start. */
    public static String toolStart(String toolUseId) {
        return bounded("tool-start:" + toolUseId);
    }

    /** A tool call's end: done, failed or denied. */
    public static String toolEnd(String toolUseId) {
        return bounded("tool-end:" + toolUseId);
    }

    /** A user's prompt. */
    public static String prompt(String promptId) {
        return bounded("prompt:" + promptId);
    }

    /** A model request, by the provider's id. */
    public static String request(String requestId) {
        return bounded("request:" + requestId);
    }

    /**
     * A model request without an id: the trace id that it was sent with, if any, its model and its token numbers. What was
     * written to a cache counts as a whole, for not every source tells for how long.
     */
    public static String request(@Nullable String sentTraceId, @Nullable String model, Tokens tokens) {
        return bounded("usage:" + (sentTraceId == null ? "" : sentTraceId) + "|" + (model == null ? "" : model) + "|"
                + tokens.getInput() + "|" + tokens.getOutput() + "|" + tokens.getCacheRead() + "|"
                + (tokens.getCacheWrite5m() + tokens.getCacheWrite1h()));
    }

    /** A turn that failed, by its prompt. */
    public static String failedTurn(String promptId) {
        return bounded("failed-turn:" + promptId);
    }

    /** Anything else that carries a key of its sender's choice. */
    public static String dedupKey(String key) {
        return bounded("key:" + key);
    }

    /** Anything else: the content as it was sent. */
    public static String content(byte[] body) {
        return "content:" + hex(body);
    }

    /**
     * A fact that no other record can be a copy of: sent without anything that would tell it from the next one like it, as a time, a
     * key, or the id of a prompt or call. It is made once, by the collector, and stands in the record, so that reading the topic
     * again changes nothing.
     */
    public static String own() {
        return "own:" + UUID.randomUUID();
    }

    /** The event id that the collector answers, the same for every copy of a fact. */
    public static String eventId(RecordKey key, String factId) {
        return "evt_" + hex((key + "\n" + factId).getBytes(UTF_8)).substring(0, 24);
    }

    private static String bounded(String id) {
        return id.length() <= MAX_LENGTH ? id : id.substring(0, id.indexOf(':') + 1) + hex(id.getBytes(UTF_8));
    }

    private static String hex(byte[] content) {
        return HexFormat.of().formatHex(Digests.sha256(content), 0, 16);
    }
}
