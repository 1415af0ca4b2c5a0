/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

/** What sessions are told apart by beside their agent: where they work, and for whom. Each has one value of it, or none. */
public enum Dimension {
    /** The repository: {@code host/owner/name} where a source tells its remote, else the name of the directory that it began in. */
    REPO,
    /** The branch that it works on, as its latest event that names one says. */
    BRANCH,
    /** The machine that it runs on. */
    HOST,
    /** Who uses it. */
    USER
}
