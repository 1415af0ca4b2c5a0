/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.benchmarks.queries.Interview.Bounds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterviewTest {

    private static final Bounds BOUNDS = new Bounds(3, 10, Duration.ofSeconds(1), Duration.ofMinutes(1));

    private final List<String> asked = new ArrayList<>();
    private final List<Double> shares = new ArrayList<>();
    private long now;

    /** A question whose answer takes so many milliseconds, and whose rows are how often it was asked. */
    private Question<Integer> taking(String name, long milliseconds) {
        return new Question<>(
                name,
                () -> {
                    asked.add(name);
                    now += Duration.ofMillis(milliseconds).toNanos();
                    return (int) asked.stream().filter(name::equals).count();
                },
                (times, moment) -> times);
    }

    private List<QuestionTimes> ask(Bounds bounds, Question<?>... questions) {
        return new Interview(
                        List.of(questions),
                        bounds,
                        new Clocks(() -> now, () -> now / 2),
                        (question, share) -> shares.add(share))
                .ask(Moment.AT_REST);
    }

    @Test
    void asksAQuickQuestionSoManyTimesAndASlowOneForSoLong() {
        List<QuestionTimes> times = ask(BOUNDS, taking("quick", 1), taking("slow", 250), taking("slowest", 2_000));

        assertThat(times)
                .containsExactly(
                        new QuestionTimes("quick", 10, 10, 1, 1, 1, 1, 0.5),
                        new QuestionTimes("slow", 4, 4, 250, 250, 250, 250, 125),
                        new QuestionTimes("slowest", 3, 3, 2_000, 2_000, 2_000, 2_000, 1_000));
    }

    @Test
    void asksInTurnsAndSaysHowFarItIs() {
        ask(new Bounds(2, 2, Duration.ofSeconds(1), Duration.ofMinutes(1)), taking("one", 1), taking("other", 1));

        assertThat(asked).containsExactly("one", "other", "one", "other");
        assertThat(shares).containsExactly(0.0, 0.25, 0.5, 0.75);
    }

    @Test
    void asksEachOnceEvenIfAllTimeIsOver() {
        List<QuestionTimes> times = ask(BOUNDS, taking("one", 50_000), taking("other", 50_000), taking("third", 1));

        assertThat(times).extracting(QuestionTimes::times).containsExactly(1, 1, 1);
    }

    @Test
    void withoutTimeForEachItAsksTheFewestTimes() {
        List<QuestionTimes> times =
                ask(new Bounds(3, 10, Duration.ZERO, Duration.ofMinutes(1)), taking("one", 1), taking("other", 1));

        assertThat(times).extracting(QuestionTimes::times).containsExactly(3, 3);
    }

    @Test
    void aWrongAnswerEndsItAndNamesTheQuestion() {
        Question<Integer> wrong = new Question<>("spend", () -> 1, (answer, moment) -> {
            throw new WrongAnswerException("2 is expected");
        });

        assertThatThrownBy(() -> ask(BOUNDS, taking("one", 1), wrong))
                .isInstanceOf(WrongAnswerException.class)
                .hasMessage("spend: 2 is expected");
    }
}
