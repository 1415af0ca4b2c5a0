/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.params;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.schemas.Digests;
import dev.muster.streams.read.InvalidCursorException;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A list's mark before its cursors: six letters that stand for the path and all parameters but {@code limit}. A cursor says where a
 * page begins in one list; in another one, or with another filter or order, it would skip what nobody was shown.
 */
final class ListCursor {

    private static final String NAME = "cursor";
    private static final Set<String> OF_THE_PAGE = Set.of("limit", NAME);
    private static final char END = '.';
    private static final int MARK_BYTES = 4;

    private ListCursor() {}

    /** Where the page begins in the list of a mark; empty for the first. Answers 400 for a cursor of another list. One without a mark is older. */
    static Optional<String> of(Context request, String mark) {
        return Filters.text(request, NAME).map(cursor -> {
            int end = cursor.indexOf(END);
            if (end >= 0 && !cursor.substring(0, end).equals(mark)) {
                throw new InvalidCursorException(
                        "The cursor is of another list, or of other filters or another order: begin without one.");
            }
            return cursor.substring(end + 1);
        });
    }

    /** The same with its list's mark. */
    static String marked(String mark, String cursor) {
        return mark + END + cursor;
    }

    /** What stands before all cursors of a request's list. */
    static String mark(Context request) {
        TreeMap<String, List<String>> asked = new TreeMap<>(request.queryParamMap());
        asked.keySet().removeAll(OF_THE_PAGE);
        asked.values().removeIf(values -> values.stream().allMatch(String::isEmpty));
        byte[] digest = Digests.sha256((request.path() + asked).getBytes(UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, MARK_BYTES));
    }
}
