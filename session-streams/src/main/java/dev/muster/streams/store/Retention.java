/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import dev.muster.schemas.RecordKey;
import dev.muster.streams.store.StoreKeys.Activity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/**
 * Deletes what is older than retention: once a minute the old end of the accounts' lists of sessions is walked, a bounded
 * step at a time, and sessions whose last event is too old go from all stores. Of a live session that never ends, the rows
 * that are too old go.
 */
public final class Retention {

    private static final long EVERY_MS = 60_000;
    private static final int SESSIONS_A_STEP = 200;

    private final long retentionMs;
    private final LiveSessions live;
    private final SessionStores stores;
    private long lastWalk = Long.MIN_VALUE;
    /** Where the walk goes on; null when it is through. */
    private @Nullable Bytes account;

    /** Walks the lists of a task. */
    public Retention(Duration retention, LiveSessions live, SessionStores stores) {
        retentionMs = retention.toMillis();
        this.live = live;
        this.stores = stores;
    }

    /** Takes a step, if one is due, at a clock time in epoch milliseconds. */
    public void step(long now) {
        long cutoff = now - retentionMs;
        if (account == null) {
            if (lastWalk != Long.MIN_VALUE && now - lastWalk < EVERY_MS) {
                return;
            }
            lastWalk = now;
            live.trim(cutoff);
            account = nextAccount(null);
        }
        int left = SESSIONS_A_STEP;
        while (account != null && left > 0) {
            List<Activity> old = oldest(account, cutoff, left);
            old.forEach(row -> live.deleteIfOlder(
                    RecordKey.ofSession(row.account(), row.sessionId()), row.lastActivity(), cutoff));
            left -= old.size();
            if (left > 0) {
                account = nextAccount(account);
            }
        }
    }

    private @Nullable Bytes nextAccount(@Nullable Bytes after) {
        try (KeyValueIterator<Bytes, byte[]> rows =
                stores.activity().range(after == null ? null : StoreKeys.behind(after), null)) {
            return rows.hasNext()
                    ? StoreKeys.activities(Activity.of(rows.next().key).account())
                    : null;
        }
    }

    private List<Activity> oldest(Bytes prefix, long cutoff, int most) {
        List<Activity> found = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> rows = stores.activity().reverseRange(prefix, StoreKeys.behind(prefix))) {
            while (rows.hasNext() && found.size() < most) {
                Activity row = Activity.of(rows.next().key);
                if (row.lastActivity() >= cutoff) {
                    break;
                }
                found.add(row);
            }
        }
        return found;
    }
}
