/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.schemas.avro.EventType;

/** What an entry of the audit log is: an event of one of its types, or a command. */
public enum EntryType {
    DECISION,
    REASONING,
    TOOL,
    TX,
    ACTION,
    ERROR,
    COMMAND;

    /** What an event of a type is. */
    public static EntryType of(EventType type) {
        return switch (type) {
            case DECISION -> DECISION;
            case REASONING -> REASONING;
            case TOOL -> TOOL;
            case TX -> TX;
            case ACTION -> ACTION;
            case ERROR -> ERROR;
        };
    }
}
