/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import com.carrotsearch.hppc.LongObjectHashMap;

/**
 * The requests whose usage an editor's SDK repeats on several events: within a trace, the same model with the same numbers
 * is one. It is priced by the time of its first event.
 */
final class EditorRequests {

    private static final class Uses {
        private int events;
        private long firstTime = Long.MAX_VALUE;
    }

    /** Hears of a request's price date; signs as elsewhere. */
    interface Listener {
        void counted(long time, int sign);
    }

    private final LongObjectHashMap<Uses> requests = new LongObjectHashMap<>();

    void restore(long request, long time) {
        change(request, time, 1, (date, sign) -> {});
    }

    void change(long request, long time, int sign, Listener listener) {
        if (request == 0) {
            return;
        }
        Uses uses = requests.get(request);
        if (uses == null) {
            uses = new Uses();
            requests.put(request, uses);
        }
        uses.events += sign;
        if (uses.events == 0) {
            listener.counted(uses.firstTime, -1);
            requests.remove(request);
        } else if (time < uses.firstTime) {
            if (uses.events > 1) {
                listener.counted(uses.firstTime, -1);
            }
            listener.counted(time, 1);
            uses.firstTime = time;
        }
    }
}
