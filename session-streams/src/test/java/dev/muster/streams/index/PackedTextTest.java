/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PackedTextTest {

    /** Also where one begins as the other, and where characters are more than a byte. */
    @Property
    void texts_compare_as_strings_do(@ForAll("texts") String one, @ForAll("texts") String other) {
        PackedText.Reader reader = new PackedText.Reader().of(packed("the same " + one));

        assertThat(Integer.signum(reader.compareText("the same " + other)))
                .isEqualTo(Integer.signum(one.compareTo(other)));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", "b", "~", "\0", "\u007f", "\u00e9", "\u20ac", "\ud83d\ude00", "\uffee")
                .list()
                .ofMaxSize(4)
                .map(parts -> String.join("", parts));
    }

    /** A text as it is packed: its length as a number, and its bytes. */
    private static byte[] packed(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] bytes = text.getBytes(UTF_8);
        assertThat(bytes.length).isLessThan(64);
        out.write(2 * bytes.length);
        out.writeBytes(bytes);
        return out.toByteArray();
    }
}
