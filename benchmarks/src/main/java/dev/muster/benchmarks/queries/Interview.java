/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.queries;

import dev.muster.streams.read.NotReadyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks all questions in turns, one at a time, so that what disturbs one disturbs all, and takes their times. */
final class Interview {

    /** The most times are in so many turns at least. */
    private static final int TURNS = 10;

    private static final int MAX_INTERRUPTIONS = 20;

    private final List<Asking> askings;
    private final Bounds bounds;
    private final Clocks clocks;
    private final Listener listener;
    private int interruptions;

    /**
     * How often a question is asked.
     *
     * @param least so many times, unless all time is over, and once in any case
     * @param most no more often
     * @param each no more often when so much time was spent on it
     * @param turn so long is a turn of quick questions, of a tenth of the most times; else it is one asking
     * @param all no question is asked again when so much time was spent in all
     */
    record Bounds(int least, int most, Duration each, Duration turn, Duration all) {

        /** As the command has it, with so much time for each question. */
        static Bounds of(Duration each) {
            return new Bounds(5, 200, each, Duration.ofMillis(100), Duration.ofMinutes(4));
        }
    }

    /** Hears how far it is. */
    interface Listener {

        /**
         * A question is about to be asked.
         *
         * @param share how much of the asking is done, from 0 to 1
         */
        void asking(String question, double share);

        /** The stores could not be read, since the instance has lost its tasks: returns when it answers again. */
        void interrupted();
    }

    /**
     * Prepares it.
     *
     * @param clocks what it is timed by
     */
    Interview(List<Question<?>> questions, Bounds bounds, Clocks clocks, Listener listener) {
        askings = questions.stream().map(Asking::new).toList();
        this.bounds = bounds;
        this.clocks = clocks;
        this.listener = listener;
    }

    /** A question's times so far. */
    private static final class Asking {

        final Question<?> question;
        private final List<Question.Taken> taken = new ArrayList<>();
        private long spent;

        Asking(Question<?> question) {
            this.question = question;
        }

        void ask(Moment moment, Clocks clocks) {
            Question.Taken once = question.ask(moment, clocks);
            taken.add(once);
            spent += once.nanos();
        }

        double share(Bounds bounds) {
            int times = taken.size();
            double byTime = bounds.each.isZero() ? 1 : (double) spent / bounds.each.toNanos();
            double share = Math.min((double) times / bounds.least, byTime);
            return Math.min(1, Math.max(share, (double) times / bounds.most));
        }

        QuestionTimes times() {
            return QuestionTimes.of(question.name(), taken);
        }
    }

    /**
     * Asks until each question has had its share.
     *
     * @throws WrongAnswerException if an answer is not right
     */
    List<QuestionTimes> ask(Moment moment) {
        long began = clocks.wall().getAsLong();
        boolean isAsked = true;
        for (int round = 0; isAsked; round++) {
            isAsked = false;
            for (Asking asking : askings) {
                boolean isOver = clocks.wall().getAsLong() - began > bounds.all.toNanos();
                if (round == 0 || (!isOver && asking.share(bounds) < 1)) {
                    listener.asking(asking.question.name(), share());
                    turn(asking, moment);
                    isAsked = true;
                }
            }
        }
        return askings.stream().map(Asking::times).toList();
    }

    private void turn(Asking asking, Moment moment) {
        long began = clocks.wall().getAsLong();
        int times = 0;
        do {
            ask(asking, moment);
            times++;
        } while (times < bounds.most / TURNS
                && clocks.wall().getAsLong() - began < bounds.turn.toNanos()
                && asking.share(bounds) < 1);
    }

    /** The API would have answered that one should try again. */
    private void ask(Asking asking, Moment moment) {
        while (true) {
            try {
                asking.ask(moment, clocks);
                return;
            } catch (NotReadyException e) {
                interruptions++;
                if (interruptions > MAX_INTERRUPTIONS) {
                    throw e;
                }
                listener.interrupted();
            }
        }
    }

    /** How many times the stores could not be read. */
    int interruptions() {
        return interruptions;
    }

    private double share() {
        return askings.stream()
                .mapToDouble(asking -> asking.share(bounds))
                .average()
                .orElse(1);
    }
}
