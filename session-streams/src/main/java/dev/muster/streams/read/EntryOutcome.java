/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;

/** How an event of the audit log ended, as it can be asked for. */
public enum EntryOutcome {
    PENDING,
    SUCCESS,
    /** As an error: also what was denied, but not what the user broke off. */
    FAILED,
    /** It was denied. */
    DENIED,
    /** The user broke it off. */
    INTERRUPTED;

    /** Whether an event ended so. */
    public boolean fits(HookEvent event) {
        boolean denied = event.getDenialType() != null;
        boolean interrupted = event.getInterrupted() && !denied;
        return switch (this) {
            case PENDING -> event.getOutcome() == Outcome.PENDING;
            case SUCCESS -> event.getOutcome() == Outcome.SUCCESS && !interrupted;
            case FAILED -> event.getOutcome() == Outcome.FAILED && !interrupted;
            case DENIED -> denied;
            case INTERRUPTED -> interrupted;
        };
    }
}
