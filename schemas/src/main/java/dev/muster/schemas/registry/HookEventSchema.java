/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.registry;

import dev.muster.schemas.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;

/** The schema as the file has it, without what the generated classes add for Java: what others would register too. */
final class HookEventSchema {

    /** Where the registry keeps it: the topic's values. */
    static final String SUBJECT = Topics.HOOK_EVENTS + "-value";

    private HookEventSchema() {}

    static Schema read() {
        try (InputStream file = HookEventSchema.class.getResourceAsStream("/dev/muster/schemas/HookEvent.avsc")) {
            if (file == null) {
                throw new IllegalStateException("the build left out HookEvent.avsc");
            }
            return new Schema.Parser().parse(file);
        } catch (IOException e) {
            throw new UncheckedIOException("HookEvent.avsc cannot be read", e);
        }
    }
}
