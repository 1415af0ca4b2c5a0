/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.settings;

import java.time.Duration;

/** For how long sessions are kept: the topology goes by it, and collectors tell by it who imports what is older. */
public final class RetentionSetting {

    private static final String NAME = "MUSTER_RETENTION";
    private static final Duration DEFAULT = Duration.ofDays(30);

    private RetentionSetting() {}

    /** For how long a session is kept after its last event. */
    public static Duration from(Settings settings) {
        return settings.duration(NAME, DEFAULT);
    }
}
