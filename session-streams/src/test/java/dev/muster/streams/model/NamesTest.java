/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.EventBody;
import dev.muster.schemas.avro.FactKind;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** Texts and hashes that are found by bytes are those of the texts themselves. */
class NamesTest {

    private static final int TOOL = EventBody.position("toolName");

    private static EventBody named(String tool) {
        return FactBodies.look(FactBodies.write(
                Told.event("e", FactKind.OTHER, 0).setToolName(tool).build()));
    }

    @Property(tries = 500)
    void a_name_is_the_text_and_its_hash_the_texts(@ForAll @StringLength(max = 100) String text) {
        String told = new String(text.getBytes(UTF_8), UTF_8);
        EventBody event = named(told);

        assertThat(Names.required(event, TOOL)).isEqualTo(told);
        assertThat(Names.of(event, TOOL)).isEqualTo(told.isEmpty() ? null : told);
        assertThat(Hashes.of(event, TOOL)).isEqualTo(Hashes.of(told));
        assertThat(Hashes.of("tool-end:", event, TOOL)).isEqualTo(Hashes.of("tool-end:" + told));
    }

    @Test
    void a_name_told_twice_is_one_object() {
        assertThat(Names.of(named("Bash"), TOOL)).isSameAs(Names.of(named("Bash"), TOOL));
    }
}
