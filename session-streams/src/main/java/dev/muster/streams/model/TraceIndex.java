/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.streams.model.TracePlaces.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The places of a session's traces, and the words on them that are no page yet; while the session rests, none of these. */
final class TraceIndex {

    private static final int BYTES_PER_TRACE = 32;

    private final SessionRows rows;
    private final int pageWords;
    private final TracePlaces places = new TracePlaces();
    private int pages;
    private List<Word> words = new ArrayList<>();

    TraceIndex(SessionRows rows, RowLimits limits) {
        this.rows = rows;
        pageWords = limits.pageWords();
    }

    void load(List<Word> embedded) {
        rows.eachTracePage(page -> {
            places.hearPage(page);
            pages++;
        });
        places.hear(embedded);
    }

    OptionalLong startOf(long trace) {
        return places.startOf(trace);
    }

    /** A trace has its row under a start now. */
    void put(long trace, long start) {
        OptionalLong now = OptionalLong.of(start);
        if (!places.startOf(trace).equals(now)) {
            say(new Word(trace, now));
        }
    }

    /** A trace has no row any more. */
    void remove(long trace) {
        say(new Word(trace, OptionalLong.empty()));
    }

    private void say(Word word) {
        places.hear(word);
        words.add(word);
    }

    /** Writes the pages that are full, and gives the words that are to lie in the session's row. */
    List<Word> write(StateOutput out) {
        while (words.size() >= pageWords) {
            rows.putTracePage(pages++, TracePlaces.page(words.subList(0, pageWords), out));
            words = new ArrayList<>(words.subList(pageWords, words.size()));
        }
        return words;
    }

    /** The words that are in no page. */
    List<Word> unwritten() {
        return words;
    }

    void rest() {
        words = List.of();
    }

    void wake(List<Word> embedded) {
        words = new ArrayList<>(embedded);
    }

    int weight() {
        return places.size() * BYTES_PER_TRACE;
    }
}
