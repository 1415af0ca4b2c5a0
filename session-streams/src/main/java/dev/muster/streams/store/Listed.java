/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import dev.muster.schemas.RecordKey;
import dev.muster.streams.model.ListPage;
import dev.muster.streams.store.StoreKeys.PageKey;

/**
 * A session's place in its account's list.
 *
 * @param lastActivity what it is listed by, epoch milliseconds
 * @param page the number of its page
 */
record Listed(RecordKey session, long lastActivity, long page) {

    PageKey key() {
        return PageKey.at(session.account(), lastActivity, page);
    }

    ListPage.Entry entry() {
        return new ListPage.Entry(lastActivity, session.sessionId());
    }
}
