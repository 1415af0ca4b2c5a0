/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import dev.muster.schemas.RecordKey;
import dev.muster.streams.model.ListPage;
import dev.muster.streams.store.StoreKeys.PageKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A session's place in its account's list.
 *
 * @param lastActivity what it is listed by, epoch milliseconds
 * @param page the number of its page
 */
record Listed(RecordKey session, long lastActivity, long page) {

    /** A session's place, if it has one. */
    static Optional<Listed> of(RecordKey session, @Nullable Long lastActivity, long page) {
        return lastActivity == null ? Optional.empty() : Optional.of(new Listed(session, lastActivity, page));
    }

    PageKey key() {
        return PageKey.at(session.account(), lastActivity, page);
    }

    ListPage.Entry entry() {
        return new ListPage.Entry(lastActivity, session.sessionId());
    }
}
