/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.page;

/**
 * A row's position in a list: the value that the list is ordered by, then what tells rows of one value apart. It names no
 * offset, host or partition, so that rows that come or go, or move to another instance, shift nothing. How two of them compare
 * is told by their list's {@link ListOrder}.
 *
 * @param value what the list is ordered by, such as epoch milliseconds or pico-dollars
 * @param id tells rows of one value apart
 * @param part tells rows of one value and id apart; empty where nothing has to
 */
public record Position(long value, String id, String part) {

    /** The position of a row that value and id tell apart from all others. */
    public Position(long value, String id) {
        this(value, id, "");
    }
}
