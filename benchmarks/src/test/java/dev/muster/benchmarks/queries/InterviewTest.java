/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.benchmarks.queries.Interview.Bounds;
import dev.muster.streams.read.NotReadyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterviewTest {

    private static final Bounds BOUNDS =
            new Bounds(3, 10, Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofMinutes(1));

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
        return interview(bounds, questions).ask(Moment.AT_REST);
    }

    private Interview interview(Bounds bounds, Question<?>... questions) {
        Clocks clocks = new Clocks(() -> now, () -> now / 2);
        return new Interview(List.of(questions), bounds, clocks, new Interview.Listener() {
            @Override
            public void asking(String question, double share) {
                shares.add(share);
            }

            @Override
            public void interrupted() {
                asked.add("interrupted");
                now += Duration.ofSeconds(10).toNanos();
            }
        });
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
        Bounds twice = new Bounds(2, 2, Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofMinutes(1));
        ask(twice, taking("one", 1), taking("other", 1));

        assertThat(asked).containsExactly("one", "other", "one", "other");
        assertThat(shares).containsExactly(0.0, 0.25, 0.5, 0.75);
    }

    @Test
    void aTurnIsATenthOfTheMostTimesIfTheseAreQuick() {
        Bounds turns = new Bounds(5, 30, Duration.ofMinutes(1), Duration.ofMillis(100), Duration.ofMinutes(1));
        ask(turns, taking("quick", 40), taking("slow", 60));

        assertThat(asked.subList(0, 7)).containsExactly("quick", "quick", "quick", "slow", "slow", "quick", "quick");
    }

    @Test
    void asksEachOnceEvenIfAllTimeIsOver() {
        List<QuestionTimes> times = ask(BOUNDS, taking("one", 50_000), taking("other", 50_000), taking("third", 1));

        assertThat(times).extracting(QuestionTimes::times).containsExactly(1, 1, 1);
    }

    @Test
    void withoutTimeForEachItAsksTheFewestTimes() {
        Bounds few = new Bounds(3, 10, Duration.ZERO, Duration.ofMillis(100), Duration.ofMinutes(1));
        List<QuestionTimes> times = ask(few, taking("one", 1), taking("other", 1));

        assertThat(times).extracting(QuestionTimes::times).containsExactly(3, 3);
    }

    @Test
    void asksAgainWhenTheInstanceHasItsTasksAgain() {
        Question<Integer> moving = new Question<>(
                "moving",
                () -> {
                    asked.add("moving");
                    if (asked.size() == 1) {
                        throw new NotReadyException("The stores are moving.");
                    }
                    return 1;
                },
                (answer, moment) -> answer);
        Interview interview =
                interview(new Bounds(1, 1, Duration.ofSeconds(1), Duration.ZERO, Duration.ofMinutes(1)), moving);

        assertThat(interview.ask(Moment.AT_REST)).containsExactly(new QuestionTimes("moving", 1, 1, 0, 0, 0, 0, 0));
        assertThat(asked).containsExactly("moving", "interrupted", "moving");
        assertThat(interview.interruptions()).isEqualTo(1);
    }

    @Test
    void givesUpWhenTheStoresAreNeverThere() {
        Question<Integer> never = new Question<>(
                "never",
                () -> {
                    throw new NotReadyException("The stores are moving.");
                },
                (answer, moment) -> answer);

        assertThatThrownBy(() -> ask(BOUNDS, never)).isInstanceOf(NotReadyException.class);
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
