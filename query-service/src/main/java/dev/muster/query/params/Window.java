/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.params;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far back a list goes: {@code window}, or {@code since} as Voight's contract calls it; all of it unless said. */
enum Window {
    DAY("24h", Duration.ofDays(1)),
    WEEK("7d", Duration.ofDays(7)),
    MONTH("30d", Duration.ofDays(30)),
    ALL("all", null);

    private static final String NAME = "window";
    private static final String ALIAS = "since";

    private final String word;
    private final @Nullable Duration length;

    Window(String word, @Nullable Duration length) {
        this.word = word;
        this.length = length;
    }

    /** Reads it; answers 400 for another word, and for both names at once. */
    static Window of(Context request) {
        Optional<String> window = Filters.text(request, NAME);
        Optional<String> since = Filters.text(request, ALIAS);
        if (window.isPresent() && since.isPresent()) {
            throw new BadRequestResponse("window and since mean the same: give one of them.");
        }
        return window.map(word -> named(NAME, word))
                .or(() -> since.map(word -> named(ALIAS, word)))
                .orElse(ALL);
    }

    private static Window named(String parameter, String word) {
        for (Window window : values()) {
            if (window.word.equals(word)) {
                return window;
            }
        }
        throw new BadRequestResponse(parameter + " must be 24h, 7d, 30d or all.");
    }

    /** Its beginning, so long ago. */
    Optional<Instant> since(Instant now) {
        return Optional.ofNullable(length).map(now::minus);
    }

    /** Its first day, today being its last. */
    Optional<LocalDate> firstDay(Instant now, ZoneId zone) {
        return Optional.ofNullable(length)
                .map(it -> LocalDate.ofInstant(now, zone).minusDays(it.toDays() - 1));
    }

    @Override
    public String toString() {
        return word;
    }
}
