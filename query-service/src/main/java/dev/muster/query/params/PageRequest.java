/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.params;

import dev.muster.streams.read.Page;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The part of a list that is asked for.
 *
 * @param limit the most items wanted, from 1 up to what the list gives
 * @param cursor where the page begins; empty for the first
 * @param mark what stands before the cursors of this list
 */
public record PageRequest(int limit, Optional<String> cursor, String mark) {

    /** What a page is asked for by. */
    public static final Parameters PARAMETERS = Parameters.of("limit", "cursor");

    static final int DEFAULT_LIMIT = 50;
    static final int MAX_LIMIT = 500;

    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,9}");

    /** Reads {@code limit}, from 1 to 500, and {@code cursor}; answers 400 for another limit, and for another list's cursor. */
    public static PageRequest of(Context request) {
        return of(request, MAX_LIMIT);
    }

    /** The same, with another most. */
    public static PageRequest of(Context request, int max) {
        String limit = request.queryParam("limit");
        String mark = ListCursor.mark(request);
        return new PageRequest(limit == null ? DEFAULT_LIMIT : limit(limit, max), ListCursor.of(request, mark), mark);
    }

    private static int limit(String limit, int max) {
        int items = WHOLE_NUMBER.matcher(limit).matches() ? Integer.parseInt(limit) : 0;
        if (items < 1 || items > max) {
            throw new BadRequestResponse("limit must be a whole number from 1 to " + max + ".");
        }
        return items;
    }

    /** A page as it is answered: its cursor says which list it is of. */
    public <T> Page<T> answered(Page<T> page) {
        return new Page<>(page.items(), page.nextCursor().map(next -> ListCursor.marked(mark, next)));
    }
}
