/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {

    @ParameterizedTest
    @CsvSource({"0,0", "12,12", "12.5,13", "007,7", "1000000000000,1000000000000"})
    void aCountMayBeToldAsText(String told, long count) {
        ObjectNode object = SourceJson.newObject().put("n", told);
        Fields fields = new Fields(object);

        assertThat(fields.count("n")).hasValue(count);
        assertThat(fields.rest()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1e3", "1000000000001", "NaN", "", " 5", "0x5", "99999999999999999999999"})
    void anyOtherTextIsNoCountAndIsLeft(String told) {
        ObjectNode object = SourceJson.newObject().put("n", told);
        Fields fields = new Fields(object);

        assertThat(fields.count("n")).isEmpty();
        assertThat(fields.rest()).isEqualTo(object);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0.25,0.25", "1.5e-7,0.00000015", "7,7", "0.0023807999999999998,0.0023807999999999998"})
    void aDecimalKeepsItsFraction(String told, BigDecimal value) {
        Fields text = new Fields(SourceJson.newObject().put("n", told));
        Fields number = new Fields(SourceJson.newObject().put("n", new BigDecimal(told)));

        assertThat(text.decimal("n", 7).orElseThrow()).isEqualByComparingTo(value);
        assertThat(number.decimal("n", 7).orElseThrow()).isEqualByComparingTo(value);
        assertThat(text.rest()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 7.1, Double.NaN, Double.POSITIVE_INFINITY})
    void aNumberBeyondItsBoundsIsNone(double told) {
        Fields fields = new Fields(SourceJson.newObject().put("n", told));

        assertThat(fields.decimal("n", 7)).isEmpty();
        assertThat(fields.rest()).hasSize(1);
    }

    @Test
    void aFlagMayBeToldAsText() {
        ObjectNode object = SourceJson.newObject()
                .put("a", true)
                .put("b", "true")
                .put("c", "false")
                .put("d", "yes")
                .put("e", 1);
        Fields fields = new Fields(object);

        assertThat(fields.flag("a")).hasValue(true);
        assertThat(fields.flag("b")).hasValue(true);
        assertThat(fields.flag("c")).hasValue(false);
        assertThat(fields.flag("d")).isEmpty();
        assertThat(fields.flag("e")).isEmpty();
        assertThat(fields.flag("f")).isEmpty();
        assertThat(fields.rest())
                .isEqualTo(SourceJson.newObject().put("d", "yes").put("e", 1));
    }
}
