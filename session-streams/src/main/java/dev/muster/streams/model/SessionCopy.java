/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

/**
 * A live session as it stood at a moment, for readers.
 *
 * @param row a {@link SessionRow} that carries all that other rows lack; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Made and read at once, compared by nobody.
public record SessionCopy(byte[] row) {}
