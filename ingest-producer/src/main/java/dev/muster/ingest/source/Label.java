/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.source;

import dev.muster.schemas.avro.LabelRank;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * An agent's label, and the rank of where it comes from.
 *
 * @param text at most {@value #MAX_LENGTH} characters
 * @param rank how good a name it is, by where it comes from
 */
public record Label(String text, LabelRank rank) {

    /** The most characters of a label. */
    public static final int MAX_LENGTH = 120;

    private static final int SESSION_CHARACTERS = 8;

    /** A label that the sender chose. */
    public static Label explicit(String text) {
        return new Label(Text.cut(text.strip(), MAX_LENGTH), LabelRank.EXPLICIT);
    }

    /**
     * A label of the client and the last part of its working directory, as {@code claude-code:demo-app}.
     *
     * @param cwd a path with slashes or backslashes; the result is empty for the root
     */
    public static Optional<Label> directory(String client, String cwd) {
        return Arrays.stream(cwd.split("[/\\\\]"))
                .filter(Predicate.not(String::isBlank))
                .reduce((first, second) -> second)
                .map(last -> named(client, last));
    }

    /** A label of the client and the name of a place. */
    static Label named(String client, String place) {
        return new Label(Text.cut(client + ":" + place, MAX_LENGTH), LabelRank.DIRECTORY);
    }

    /** A label of the client and the first eight characters of its session's id. */
    public static Label session(String client, String sessionId) {
        int end = Math.min(sessionId.length(), SESSION_CHARACTERS);
        return new Label(Text.cut(client + ":" + sessionId.substring(0, end), MAX_LENGTH), LabelRank.SESSION);
    }
}
