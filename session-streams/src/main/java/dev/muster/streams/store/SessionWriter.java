/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import dev.muster.schemas.RecordKey;
import dev.muster.streams.index.SessionIndex;
import dev.muster.streams.model.DayContribution;
import dev.muster.streams.model.Session;
import dev.muster.streams.model.SessionRules;
import dev.muster.streams.model.StateOutput;
import java.util.Optional;

/** What lies under the live sessions: the task's other stores, and how a session comes from them and goes to them. */
final class SessionWriter {

    final SessionStores stores;
    final WriteBehind behind;
    final ListPages list;
    final DayAggregates days;
    final AuditIndex audit;
    final IndexedSessions indexed;
    private final StateOutput out = new StateOutput();

    /**
     * Rows in a task's stores.
     *
     * @param behind decides what is written when
     * @param index empty; it is made of the rows
     */
    SessionWriter(SessionStores stores, WriteBehind behind, SessionIndex index) {
        this.stores = stores;
        this.behind = behind;
        list = new ListPages(stores.activity());
        days = new DayAggregates(stores, index::putAgent);
        audit = new AuditIndex(stores.audit());
        new IndexBuild(stores, index).run();
        indexed = new IndexedSessions(index);
    }

    /** A session as its rows tell of it, or one that begins. */
    LiveSession open(RecordKey key, SessionRules rules) {
        StoredRows rows = new StoredRows(stores, key.account(), key.sessionId());
        byte[] row = rows.session();
        if (row == null) {
            return new LiveSession(key, () -> Session.begin(key.account(), key.sessionId(), rows, rules));
        }
        Session session = Session.load(row, rows, rules);
        place(key, session).filter(place -> !list.has(place)).ifPresent(lost -> session.setUnlisted());
        return new LiveSession(key, session);
    }

    /**
     * The one place where a session's rows are written.
     *
     * @param exactly whether its place in the list is to be exact
     */
    void write(RecordKey key, Session session, boolean exactly) {
        WriteBehind.wholly(() -> {
            list(key, session, exactly);
            if (session.isDirty()) {
                writeRows(key, session);
            }
        });
    }

    private void writeRows(RecordKey key, Session session) {
        days.begin();
        Optional<DayContribution> before = session.writtenContribution();
        session.write(out);
        days.change(key, before, session.contribution());
        session.figures().ifPresent(figures -> indexed.index.put(figures, true));
        session.markClean();
    }

    private void list(RecordKey key, Session session, boolean exactly) {
        Optional<Listed> place = place(key, session);
        long last = session.lastActivity();
        if (last == Long.MIN_VALUE) {
            listCommanded(key, session, place);
            return;
        }
        long later = last - place.map(Listed::lastActivity).orElse(last);
        if (place.isPresent() && later >= 0 && later < (exactly ? 1 : LiveSessions.LISTED_WITHIN_MS)) {
            return;
        }
        session.setListed(last, list.move(place, key, last));
    }

    /** Nothing but a command is known of it: it is where retention finds it. */
    private void listCommanded(RecordKey key, Session session, Optional<Listed> place) {
        if (place.isEmpty()) {
            long now = behind.now();
            session.setListed(now, list.move(place, key, now));
        }
    }

    private static Optional<Listed> place(RecordKey key, Session session) {
        return Listed.of(key, session.listedAt(), session.listedPage());
    }

    /** Writes the pages of the list that are gathered, so that the store has all of it. */
    void writeList() {
        WriteBehind.wholly(list::flush);
    }

    /** Writes what was gathered of many sessions, as a commit must. */
    void flush() {
        writeList();
        WriteBehind.wholly(days::flush);
        WriteBehind.wholly(audit::flush);
    }
}
