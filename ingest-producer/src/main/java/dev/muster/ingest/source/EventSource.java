/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.source;

/** One way in which agents tell of what they do: it turns a request's body into events, and does nothing else. */
public interface EventSource {

    /** The source's name in metrics. */
    String name();

    /**
     * Makes out what a request tells of.
     *
     * @throws InvalidBodyException naming all that is wrong with the body, when nothing of it can be taken
     */
    Reading read(Incoming incoming) throws InvalidBodyException;
}
