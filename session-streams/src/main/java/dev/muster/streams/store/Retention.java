/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import dev.muster.schemas.RecordKey;
import dev.muster.streams.model.ListPage;
import dev.muster.streams.store.StoreKeys.PageKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
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
    private static final int ACCOUNTS_A_STEP = 200;

    private final long retentionMs;
    private final LiveSessions live;
    private final SessionStores stores;
    private long lastWalk = Long.MIN_VALUE;
    /** Where the walk goes on; null when it is through. */
    private @Nullable Bytes account;
    /** The account whose audit log is looked at next; empty for the first. */
    private String audited = "";

    /** Walks the lists of a task. */
    public Retention(Duration retention, LiveSessions live, SessionStores stores) {
        retentionMs = retention.toMillis();
        this.live = live;
        this.stores = stores;
    }

    /** Takes a step, if one is due, at a clock time in epoch milliseconds. */
    public void step(long now) {
        long cutoff = now - retentionMs;
        SessionWriter rows = live.rows();
        deleteAudit(rows.audit, cutoff);
        if (account == null && lastWalk != Long.MIN_VALUE && now - lastWalk < EVERY_MS) {
            return;
        }
        rows.writeList();
        SessionExpiry expiry = live.expiry();
        if (account == null) {
            lastWalk = now;
            expiry.trim(cutoff);
            account = nextAccount(StoreKeys.activities(""));
        }
        int left = SESSIONS_A_STEP;
        while (account != null && left > 0) {
            List<Listed> old = oldest(account, cutoff, left);
            old.forEach(place -> expiry.deleteIfOlder(place, cutoff));
            left -= old.size();
            if (left > 0) {
                account = nextAccount(account);
            }
        }
    }

    /** The audit log goes by its own time: account after account, until one has more than a step deletes. */
    private void deleteAudit(AuditIndex audit, long cutoff) {
        for (int accounts = 0; accounts < ACCOUNTS_A_STEP; accounts++) {
            if (audited.isEmpty()) {
                audited = audit.accountBehind("");
                if (audited.isEmpty() || accounts > 0) {
                    return;
                }
            }
            if (audit.deleteBefore(audited, cutoff)) {
                return;
            }
            audited = audit.accountBehind(audited);
        }
    }

    private @Nullable Bytes nextAccount(Bytes after) {
        try (KeyValueIterator<Bytes, byte[]> pages = stores.activity().range(StoreKeys.endOf(after), null)) {
            return pages.hasNext()
                    ? StoreKeys.activities(PageKey.of(pages.next().key).account())
                    : null;
        }
    }

    private List<Listed> oldest(Bytes prefix, long cutoff, int max) {
        List<Listed> found = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> pages = stores.activity().reverseRange(prefix, StoreKeys.endOf(prefix))) {
            while (pages.hasNext() && found.size() < max) {
                KeyValue<Bytes, byte[]> row = pages.next();
                PageKey page = PageKey.of(row.key);
                if (page.start() >= cutoff) {
                    break;
                }
                ListPage.read(row.value).entries().stream()
                        .filter(entry -> entry.lastActivity() < cutoff)
                        .limit(max - found.size())
                        .map(entry -> new Listed(
                                RecordKey.ofSession(page.account(), entry.sessionId()),
                                entry.lastActivity(),
                                page.number()))
                        .forEach(found::add);
            }
        }
        return found;
    }
}
