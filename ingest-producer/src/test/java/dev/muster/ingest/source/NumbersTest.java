/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class NumbersTest {

    @Property
    void roundsHalfUp(@ForAll @DoubleRange(min = 0, max = 1e12) double number) {
        assertThat(Numbers.rounded(DoubleNode.valueOf(number)))
                .isEqualTo(
                        new BigDecimal(number).setScale(0, RoundingMode.HALF_UP).longValueExact());
    }

    @Property
    void wholeNumbersAreKept(@ForAll long number) {
        assertThat(Numbers.rounded(LongNode.valueOf(number))).isEqualTo(number);
        assertThat(Numbers.isWhole(LongNode.valueOf(number))).isTrue();
    }

    @Test
    void knowsAFraction() {
        assertThat(Numbers.rounded(DoubleNode.valueOf(12.5))).isEqualTo(13);
        assertThat(Numbers.isWhole(DoubleNode.valueOf(12.0))).isTrue();
        assertThat(Numbers.isWhole(DoubleNode.valueOf(12.5))).isFalse();
    }
}
