/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A live session as it stood at a moment, for readers.
 *
 * @param session the session's figures, as stored
 * @param traces the figures of the traces whose rows are older
 * @param chunks the chunks whose rows are older, by their fence; null for one that is gone
 */
public record SessionCopy(byte[] session, List<byte[]> traces, Map<Fence, byte @Nullable []> chunks) {}
