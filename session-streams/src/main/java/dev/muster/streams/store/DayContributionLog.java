/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import dev.muster.schemas.RecordKey;
import dev.muster.streams.model.DayContribution;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the days held of sessions at a moment, of those whose share has changed since: for a reader that takes the days first and
 * then looks at the live sessions one by one, while they are written.
 */
final class DayContributionLog {

    private final String account;
    private final Map<RecordKey, Optional<DayContribution>> held = new HashMap<>();

    /** A log of one account's sessions. */
    DayContributionLog(String account) {
        this.account = account;
    }

    /** A session's share is changed: the first time says what was held. */
    void changed(RecordKey session, Optional<DayContribution> before) {
        if (session.account().equals(account)) {
            held.putIfAbsent(session, before);
        }
    }

    /** What was held, by session; to be asked for when it hears no more. */
    Map<RecordKey, Optional<DayContribution>> held() {
        return held;
    }
}
