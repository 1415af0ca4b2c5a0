/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.source;

import java.util.List;

/**
 * One thing that is wrong with a body: where, and what.
 *
 * @param path the path of the field from the body's root; empty for the body as a whole
 * @param message what is wrong, in a sentence for the sender
 */
public record Issue(List<String> path, String message) {

    public Issue {
        path = List.copyOf(path);
    }

    /** An issue at a path. */
    public static Issue at(String message, String... path) {
        return new Issue(List.of(path), message);
    }
}
