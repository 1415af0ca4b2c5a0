/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FactPositionsTest {

    @Property
    void are_in_order_and_found(
            @ForAll("places") Set<FactPosition> places,
            @ForAll("places") Set<FactPosition> others,
            @ForAll("place") FactPosition asked) {
        FactPositions fences = new FactPositions();
        places.forEach(fences::add);
        TreeSet<FactPosition> expected = new TreeSet<>(places);
        for (FactPosition other : others) {
            if (expected.remove(other)) {
                fences.remove(other);
            } else {
                assertThatIllegalArgumentException().isThrownBy(() -> fences.remove(other));
            }
        }

        assertThat(fences.size()).isEqualTo(expected.size());
        int at = 0;
        for (FactPosition place : expected) {
            assertThat(fences.get(at++)).isEqualTo(place);
        }
        assertThat(fences.lastUpTo(asked))
                .isEqualTo(Math.max(0, expected.headSet(asked, true).size() - 1));
    }

    @Provide
    Arbitrary<Set<FactPosition>> places() {
        return place().set().ofMaxSize(20);
    }

    @Provide
    Arbitrary<FactPosition> place() {
        return Arbitraries.of(-1L, 0L, 1L, 2L, 9L)
                .flatMap(time -> Arbitraries.of(-2L, -1L, 0L, 1L, 2L).map(id -> new FactPosition(time, id)));
    }
}
