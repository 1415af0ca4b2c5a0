/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.params;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.util.List;
import java.util.stream.Stream;

/**
 * The query parameters of a route. Another one, or one that is given twice, is a question that was not understood: it is told,
 * for without it everything would be answered, which looks like an answer.
 */
public final class Parameters {

    /** None at all. */
    public static final Parameters NONE = of();

    private final List<String> names;

    private Parameters(List<String> names) {
        this.names = names;
    }

    /** These, in the order in which they are told. */
    public static Parameters of(String... names) {
        return new Parameters(List.of(names));
    }

    /** Others behind these. */
    public Parameters and(Parameters more) {
        return new Parameters(Stream.concat(names.stream(), more.names.stream()).toList());
    }

    /** Answers 400 for a request that has another one, or one of these twice, in a sentence that says what there is. */
    public void check(Context request) {
        request.queryParamMap().forEach((name, values) -> {
            boolean isNothing = name.isEmpty() && values.stream().allMatch(String::isEmpty);
            if (!names.contains(name) && !isNothing) {
                throw new BadRequestResponse("There is no parameter «" + name + "» here; " + thereIs() + ".");
            }
            if (values.size() > 1 && !isNothing) {
                throw new BadRequestResponse(name + " is given " + values.size() + " times; give it once.");
            }
        });
    }

    private String thereIs() {
        return switch (names.size()) {
            case 0 -> "there is none at all";
            case 1 -> "there is " + names.get(0);
            default -> "there are " + Choice.listed(names, "and");
        };
    }
}
