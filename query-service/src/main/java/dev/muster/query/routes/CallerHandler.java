/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.routes;

import dev.muster.query.auth.Caller;
import io.javalin.http.Context;

/** Answers a request for its caller. */
@FunctionalInterface
interface CallerHandler {

    /** Answers it, or throws what {@link ErrorAnswers} knows to answer. */
    void handle(Context request, Caller caller) throws Exception;
}
