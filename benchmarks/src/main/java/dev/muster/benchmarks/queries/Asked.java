/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.queries;

import dev.muster.benchmarks.data.FleetScript;
import dev.muster.benchmarks.data.Loader;
import dev.muster.streams.read.AccountReader;
import dev.muster.streams.read.SessionReader;
import java.time.Instant;

/**
 * Who is asked, and about which fleet.
 *
 * @param session answers for one session
 * @param account answers for all of them
 * @param script what the fleet's sessions are
 * @param now when they are so: the time at which the fleet rests
 * @param census counts them
 */
record Asked(SessionReader session, AccountReader account, FleetScript script, Instant now, Census census) {

    /** The account of all sessions. */
    static final String ACCOUNT = Loader.ACCOUNT;

    /** The rows of a page, as the API has them if it is not told otherwise. */
    static final int PAGE = 50;
}
