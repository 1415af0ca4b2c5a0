/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class TextTest {

    @Property
    void aCutTextIsBoundedWellFormedAndBeginsLikeTheWhole(
            @ForAll("texts") String text, @ForAll @IntRange(min = 1, max = 40) int max) {
        String cut = Text.cut(text, max);

        assertThat(cut.length()).isLessThanOrEqualTo(max);
        assertThat(survivesUtf8(cut)).isTrue();
        if (cut.endsWith("…")) {
            assertThat(Text.clean(text)).startsWith(cut.substring(0, cut.length() - 1));
        } else {
            assertThat(cut).isEqualTo(Text.clean(text));
        }
    }

    @Property
    void aWellFormedTextIsLeftAsItIs(@ForAll("texts") String text) {
        assertThat(Text.clean(text).equals(text)).isEqualTo(survivesUtf8(text));
        assertThat(Text.clean(text)).hasSameSizeAs(text);
    }

    @Property(tries = 200)
    void longIdsStayDistinct(
            @ForAll @IntRange(min = 0, max = 1000) int one, @ForAll @IntRange(min = 0, max = 1000) int other) {
        String prefix = "x".repeat(300);

        assertThat(Text.id(prefix + one).equals(Text.id(prefix + other))).isEqualTo(one == other);
        assertThat(Text.id(prefix + one)).hasSize(Text.NAME);
    }

    @Property
    void shortIdsAreKept(@ForAll("texts") String text) {
        assertThat(Text.id(text)).isEqualTo(Text.clean(text));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars('a', '\uD83D', '\uDE80', 'ü', '\uDFFF', '\uD800')
                .ofMaxLength(60);
    }

    private static boolean survivesUtf8(String text) {
        return new String(text.getBytes(UTF_8), UTF_8).equals(text);
    }
}
