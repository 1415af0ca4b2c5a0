/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.queries;

import java.util.List;
import java.util.stream.Stream;

/** Everything that is asked, in the report's order. */
final class Questions {

    private Questions() {}

    /** Makes all questions of a fleet at rest, and counts what their answers have to be. */
    static List<Question<?>> of(Asked asked) {
        List<Question<?>> all = Stream.of(
                        new OneSession("a session", asked.script().latestGoingOn(), asked.session()).questions(),
                        new OneSession("the long session", asked.script().longPlan(), asked.session()).questions(),
                        SessionLists.of(asked),
                        AccountQuestions.of(asked),
                        AuditQuestions.of(asked))
                .flatMap(List::stream)
                .toList();
        asked.census().take(asked.script(), asked.account());
        return all;
    }
}
