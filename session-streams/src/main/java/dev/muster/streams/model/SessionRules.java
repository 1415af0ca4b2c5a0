/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * What an installation decides about all sessions.
 *
 * @param pricing what tokens cost
 * @param days where a day begins: a session belongs to the day that it started on
 */
public record SessionRules(Pricing pricing, DayClock days) {

    /** The rules of an installation that reckons its days in a zone. */
    public SessionRules(Pricing pricing, ZoneId zone) {
        this(pricing, new DayClock(zone));
    }

    /** The rules of an installation that reckons its days in UTC. */
    public static SessionRules inUtc(Pricing pricing) {
        return new SessionRules(pricing, ZoneOffset.UTC);
    }
}
