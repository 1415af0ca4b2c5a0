/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.params;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The part of a list that is asked for.
 *
 * @param limit the most items wanted, from 1 up to what the list gives; what is asked beyond is brought within
 * @param cursor where the page begins; empty for the first
 */
public record PageRequest(int limit, Optional<String> cursor) {

    static final int DEFAULT_LIMIT = 50;
    static final int MAX_LIMIT = 500;

    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,100}");

    /** Reads {@code limit}, up to 500, and {@code cursor}; answers 400 for a limit that is no whole number. */
    public static PageRequest of(Context request) {
        return of(request, MAX_LIMIT);
    }

    /** The same, with another most. */
    public static PageRequest of(Context request, int max) {
        String limit = request.queryParam("limit");
        return new PageRequest(
                limit == null ? DEFAULT_LIMIT : clamped(limit, max),
                Optional.ofNullable(request.queryParam("cursor")).filter(cursor -> !cursor.isEmpty()));
    }

    private static int clamped(String limit, int max) {
        if (!WHOLE_NUMBER.matcher(limit).matches()) {
            throw new BadRequestResponse("limit must be a whole number from 1 to " + max + ".");
        }
        return new BigInteger(limit)
                .max(BigInteger.ONE)
                .min(BigInteger.valueOf(max))
                .intValueExact();
    }
}
