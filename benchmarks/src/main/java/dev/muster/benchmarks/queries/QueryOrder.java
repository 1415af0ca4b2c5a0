/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.queries;

import dev.muster.benchmarks.data.Fleet;
import java.time.Duration;
import java.time.Instant;

/**
 * What is to be measured.
 *
 * @param bootstrap the broker
 * @param fleet what will be loaded
 * @param nowMs the time as of which the fleet is made, epoch milliseconds
 * @param rate the events a second that come while it is asked the second time; 0 if it is not
 * @param restSeconds how long it rests before it is asked
 * @param eachSeconds how long each question is asked at each time
 */
record QueryOrder(String bootstrap, Fleet fleet, long nowMs, int rate, int restSeconds, int eachSeconds) {

    Instant now() {
        return Instant.ofEpochMilli(nowMs);
    }

    Duration rest() {
        return Duration.ofSeconds(restSeconds);
    }

    Interview.Bounds bounds() {
        return Interview.Bounds.of(Duration.ofSeconds(eachSeconds));
    }
}
