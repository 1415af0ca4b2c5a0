/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.auth;

import io.javalin.http.Context;

/** Finds out who sent a request. Every request is asked about anew, and nothing of its caller is kept after it. */
@FunctionalInterface
public interface Callers {

    /** The caller of a request. */
    Caller of(Context request);

    /** One caller for all requests: whoever reaches a loopback address is the machine's user. */
    static Callers withoutLogin(Caller everybody) {
        return request -> everybody;
    }
}
