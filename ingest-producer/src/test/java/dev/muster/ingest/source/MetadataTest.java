/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MetadataTest {

    @Property(tries = 300)
    void staysInBoundsAndAccountsForEveryField(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 0, max = 9000) Integer> lengths)
            throws InvalidBodyException {
        ObjectNode fields = SourceJson.newObject();
        for (int i = 0; i < lengths.size(); i++) {
            fields.put("field" + i, "\"".repeat(lengths.get(i)));
        }

        String text = Metadata.bounded(fields).orElseThrow();
        ObjectNode kept = SourceJson.object(text.getBytes(UTF_8));

        assertThat(text.length()).isLessThanOrEqualTo(Metadata.MAX_LENGTH);
        assertThat(kept.path(Metadata.OMITTED).asInt()
                        + kept.without(Metadata.OMITTED).size())
                .isEqualTo(fields.size());
        assertThat(kept.properties())
                .allSatisfy(field -> assertThat(field.getKey().equals(Metadata.OMITTED)
                                || fields.get(field.getKey()).equals(field.getValue()))
                        .isTrue());
    }

    @Test
    void keepsTheSmallestAndIsEmptyForNothing() {
        ObjectNode fields = SourceJson.newObject()
                .put("big", "x".repeat(Metadata.MAX_LENGTH))
                .put("small", "\uD83D");

        assertThat(Metadata.bounded(fields)).contains("{\"_omitted\":1,\"small\":\"\uFFFD\"}");
        assertThat(Metadata.bounded(SourceJson.newObject())).isEmpty();
    }
}
