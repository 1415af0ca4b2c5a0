/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas;

import dev.muster.schemas.avro.HookEvent;
import org.apache.avro.util.ClassSecurityValidator;

/** Where events are begun: Avro instantiates only classes that it was told to trust, and this tells it of ours. */
public final class HookEvents {

    /** The most bytes that a record may have: the topology keeps a session's facts together, below what Kafka takes. */
    public static final int MAX_RECORD_BYTES = 128 * 1024;

    static {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(), type -> type.getName().startsWith("dev.muster.schemas.avro.")));
    }

    private HookEvents() {}

    /** A new event with its fields' defaults. */
    public static HookEvent.Builder newBuilder() {
        return HookEvent.newBuilder();
    }

    /** Makes sure that Avro trusts the generated classes. */
    public static void trust() {
        // The class's initializer has done it.
    }
}
