/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams;

import dev.muster.schemas.EventBody;
import dev.muster.schemas.MalformedRecordException;
import dev.muster.schemas.SingleObjectFormat;
import dev.muster.schemas.avro.HookEvent;

/** Events as the topology looks at them. */
public final class Bodies {

    private Bodies() {}

    /** A look into an event's body. */
    public static EventBody of(HookEvent event) {
        byte[] record = new SingleObjectFormat().write(event);
        EventBody body = new EventBody();
        try {
            body.over(record, SingleObjectFormat.HEADER_BYTES, record.length - SingleObjectFormat.HEADER_BYTES);
        } catch (MalformedRecordException e) {
            throw new AssertionError(e);
        }
        return body;
    }
}
