/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

/**
 * A session's failures and what was said to them. A failure is known by when its first failing record was appended; one
 * acknowledgement covers all that were appended no later. The latest command holds.
 */
final class Failures {

    private long acknowledgedAt;
    private long commandedAt;
    private long unacknowledged;
    /** No failure was ever appended later than that. */
    private long latest;

    /** Counts failures of stored facts. */
    interface Recount {
        /** How many failed facts were first appended as failed after a time. */
        long failedSince(long appendTime);
    }

    /** Takes a fact in (sign 1) or out (sign -1), whose first failing record was appended at a time. */
    void count(Fact fact, long failedAt, int sign) {
        latest = Math.max(latest, failedAt);
        if (fact.failed && failedAt > acknowledgedAt) {
            unacknowledged += sign;
        }
    }

    /**
     * Acknowledges up to a time, or with 0 nothing.
     *
     * @param commandAppendedAt when the command's record was appended
     * @param failures looks through the facts, and is asked only if some may have been appended later
     * @return whether that changed anything: an older command does not
     */
    boolean acknowledge(long until, long commandAppendedAt, Recount failures) {
        if (commandAppendedAt < commandedAt || (commandAppendedAt == commandedAt && until == acknowledgedAt)) {
            return false;
        }
        commandedAt = commandAppendedAt;
        acknowledgedAt = until;
        unacknowledged = latest <= until ? 0 : failures.failedSince(until);
        return true;
    }

    /** So many failures were counted before anything was acknowledged. */
    void noneIsAcknowledged(long count) {
        if (commandedAt == 0) {
            unacknowledged = count;
        }
    }

    long unacknowledged() {
        return unacknowledged;
    }

    long acknowledgedAt() {
        return acknowledgedAt;
    }

    void write(StateOutput out) {
        out.number(latest);
        out.number(acknowledgedAt);
        out.number(commandedAt);
        out.number(unacknowledged);
    }

    static Failures read(StateInput in) {
        Failures failures = new Failures();
        failures.latest = in.number();
        failures.acknowledgedAt = in.number();
        failures.commandedAt = in.number();
        failures.unacknowledged = in.number();
        return failures;
    }
}
