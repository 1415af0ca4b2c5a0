/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.params;

import dev.muster.query.json.Words;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A parameter that takes one of some words. */
final class Choice<T> {

    private final String name;
    private final Map<String, T> words;

    private Choice(String name, Map<String, T> words) {
        this.name = name;
        this.words = words;
    }

    /** A choice of a type's constants by their words. */
    static <E extends Enum<E>> Choice<E> of(String name, Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            words.put(Words.of(constant), constant);
        }
        return new Choice<>(name, words);
    }

    /** What the request chooses; empty when it does not, which an empty parameter is as well. JsonAnswers 400 for another word. */
    Optional<T> of(Context request) {
        return Filters.text(request, name).map(this::chosen);
    }

    /** What a word stands for; empty for a word that is none of them. */
    Optional<T> named(String word) {
        return Optional.ofNullable(words.get(word));
    }

    private T chosen(String word) {
        return named(word)
                .orElseThrow(() -> new BadRequestResponse(
                        name + " must be " + listed(new ArrayList<>(words.keySet()), "or") + "."));
    }

    /** Words as in a sentence: a, b and c. */
    static String listed(List<String> words, String last) {
        int end = words.size() - 1;
        return end == 0 ? words.get(0) : String.join(", ", words.subList(0, end)) + " " + last + " " + words.get(end);
    }
}
