/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

class SearchTextTest {

    /** Few letters, so that texts are often found. */
    @Property
    void a_text_is_found_in_bytes_where_it_is_found_in_the_text(
            @ForAll @Chars({'a', 'B', 'ß', 'İ', '漢', ' '}) @StringLength(max = 12) String whole,
            @ForAll @Chars({'A', 'b', 'ß', 'İ', '漢', ' '}) @StringLength(max = 4) String wanted) {
        SearchText text = new SearchText(wanted);
        byte[] searched = SearchText.searchable(whole);
        boolean expected = whole.toLowerCase(Locale.ROOT).contains(wanted.toLowerCase(Locale.ROOT));

        assertThat(text.isIn(whole)).isEqualTo(expected);
        assertThat(text.isIn(searched, 0, searched.length)).isEqualTo(expected);
        assertThat(text.mayBeIn(SearchText.signature(searched))).isIn(true, expected);
    }

    @Example
    void a_signature_tells_most_texts_apart() {
        long signature = SearchText.signature(SearchText.searchable("Fix the build of the query service"));

        assertThat(new SearchText("Query").mayBeIn(signature)).isTrue();
        assertThat(new SearchText("documentation").mayBeIn(signature)).isFalse();
        assertThat(new SearchText("qu").mayBeIn(signature))
                .as("too short to say")
                .isTrue();
    }

    @Example
    void a_text_is_in_no_missing_one() {
        assertThat(new SearchText("").isIn(null)).isFalse();
    }
}
