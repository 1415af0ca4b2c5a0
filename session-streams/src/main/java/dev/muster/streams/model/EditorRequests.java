/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import com.carrotsearch.hppc.LongObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The requests whose usage an editor's SDK repeats on several events: within a trace, the same model with the same numbers
 * is one. It is priced by the time of its first event.
 */
final class EditorRequests {

    private static final int BYTES_PER_REQUEST = 80;

    /** Hears of a request's price date; signs as elsewhere. */
    interface Listener {
        void counted(long time, int sign);
    }

    /** Null before the first: most sessions are no editor's. */
    private @Nullable LongObjectHashMap<TimeList> requests;

    void restore(long request, long time) {
        change(request, time, 1, (date, sign) -> {});
    }

    /** A fact that told of a request goes by retention; what was counted stays. */
    void forget(long request, long time) {
        change(request, time, -1, (date, sign) -> {});
    }

    int weight() {
        return requests == null ? 0 : requests.size() * BYTES_PER_REQUEST;
    }

    void change(long request, long time, int sign, Listener listener) {
        if (request == 0) {
            return;
        }
        LongObjectHashMap<TimeList> known = requests();
        TimeList times = known.get(request);
        if (times == null) {
            times = new TimeList();
            known.put(request, times);
        }
        boolean counted = !times.isEmpty();
        long dateBefore = counted ? times.first() : 0;
        if (sign > 0) {
            times.add(time);
        } else {
            times.remove(time);
        }
        if (times.isEmpty()) {
            known.remove(request);
        }
        boolean counts = !times.isEmpty();
        if (counted && (!counts || times.first() != dateBefore)) {
            listener.counted(dateBefore, -1);
        }
        if (counts && (!counted || times.first() != dateBefore)) {
            listener.counted(times.first(), 1);
        }
    }

    private LongObjectHashMap<TimeList> requests() {
        LongObjectHashMap<TimeList> known = requests;
        if (known == null) {
            known = new LongObjectHashMap<>();
            requests = known;
        }
        return known;
    }
}
