/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas;

/** How much of an event's content is kept; what is counted is the same at every level. */
public enum PrivacyLevel {
    /** Figures, names and ids; no text that a person or a model wrote. */
    MINIMAL,
    /** Texts too, with what looks like a secret or names a person taken out. */
    STANDARD,
    /** Everything as it was sent. */
    FULL
}
