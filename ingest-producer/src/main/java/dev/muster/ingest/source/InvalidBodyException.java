/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.source;

import java.util.List;

/** A body is refused; the exception lists everything that is wrong with it. */
public final class InvalidBodyException extends Exception {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // an unmodifiable list of records; no exception of ours is ever serialized
    private final List<Issue> issues;

    /** Creates the exception with at least one issue. */
    public InvalidBodyException(List<Issue> issues) {
        super(issues.toString());
        this.issues = List.copyOf(issues);
    }

    /** What is wrong, in the order of the body's fields. */
    public List<Issue> issues() {
        return issues;
    }
}
