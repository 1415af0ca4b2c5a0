/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.source;

import dev.muster.schemas.avro.HookEvent;
import java.util.List;

/** One way in which agents tell of what they do: it turns a request's body into events, and does nothing else. */
public interface EventSource {

    /** The source's name in metrics. */
    String name();

    /**
     * The events that a request tells of.
     *
     * @throws InvalidBodyException naming all that is wrong with the body
     */
    List<HookEvent> events(Incoming incoming) throws InvalidBodyException;
}
