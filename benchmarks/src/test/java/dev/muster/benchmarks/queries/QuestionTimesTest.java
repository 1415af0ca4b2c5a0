/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.queries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuestionTimesTest {

    /** So many, each a millisecond quicker than the one before, half of it the processor's, with as many rows. */
    private static List<Question.Taken> quicker(int times) {
        return IntStream.range(0, times)
                .map(i -> times - i)
                .mapToObj(ms -> new Question.Taken(ms * 1_000_000L, ms * 500_000L, ms))
                .toList();
    }

    @Test
    void percentilesAreByNearestRank() {
        assertThat(QuestionTimes.of("spend", quicker(200)))
                .isEqualTo(new QuestionTimes("spend", 1, 200, 100, 190, 198, 200, 50));
        assertThat(QuestionTimes.of("spend", quicker(5))).isEqualTo(new QuestionTimes("spend", 1, 5, 3, 5, 5, 5, 1.5));
    }

    @Test
    void ofOneTimeAllAreThatTime() {
        assertThat(QuestionTimes.of("spend", quicker(1))).isEqualTo(new QuestionTimes("spend", 1, 1, 1, 1, 1, 1, 0.5));
    }
}
