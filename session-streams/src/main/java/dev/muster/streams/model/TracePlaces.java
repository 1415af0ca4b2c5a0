/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import com.carrotsearch.hppc.LongLongHashMap;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Where a session's traces have their rows: each under its start, found by the hash of its id. It is told in words, of which
 * a later one on the same trace replaces an earlier; they are kept in pages, the latest in the session's own row.
 */
public final class TracePlaces {

    /**
     * One word.
     *
     * @param trace the hash of a trace's id
     * @param start the start that its row is under, epoch milliseconds; empty when the row is gone
     */
    public record Word(long trace, OptionalLong start) {

        private static Word read(StateInput in) {
            return new Word(in.number(), in.present() ? OptionalLong.of(in.number()) : OptionalLong.empty());
        }
    }

    /** Most sessions are over before a trace of theirs has its row. */
    private @Nullable LongLongHashMap starts;

    /** Takes in the words of a page. */
    public void hearPage(byte[] page) {
        StateInput in = StateInput.of(StateSchema.TRACE_PLACES, page);
        in.array(() -> hear(Word.read(in)));
    }

    /** Takes in words that are no page yet, after all pages. */
    public void hear(List<Word> words) {
        words.forEach(this::hear);
    }

    void hear(Word word) {
        LongLongHashMap known = starts;
        if (known == null) {
            known = new LongLongHashMap();
            starts = known;
        }
        if (word.start().isPresent()) {
            known.put(word.trace(), word.start().getAsLong());
        } else {
            known.remove(word.trace());
        }
    }

    /** The start that a trace's row is under, epoch milliseconds; empty when it has none. */
    public OptionalLong startOf(long trace) {
        LongLongHashMap known = starts;
        return known != null && known.containsKey(trace) ? OptionalLong.of(known.get(trace)) : OptionalLong.empty();
    }

    int size() {
        LongLongHashMap known = starts;
        return known == null ? 0 : known.size();
    }

    static void write(List<Word> words, StateOutput out) {
        out.array(words.size());
        for (Word word : words) {
            out.item();
            out.number(word.trace());
            out.branch(word.start().isPresent());
            word.start().ifPresent(out::number);
        }
        out.arrayEnd();
    }

    static byte[] page(List<Word> words, StateOutput out) {
        out.begin(StateSchema.TRACE_PLACES);
        write(words, out);
        return out.end();
    }

    static List<Word> read(StateInput in) {
        List<Word> words = new ArrayList<>();
        in.array(() -> words.add(Word.read(in)));
        return words;
    }
}
