/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.streams.read.AuditFilter;
import dev.muster.streams.read.page.Position;
import java.util.Optional;

/**
 * Asks for the entries of the audit log that fit.
 *
 * @param after entries up to there are passed over
 * @param limit so many at most, 1 or more
 * @param budget so many entries are looked at, at most
 * @param maxBytes no entry follows one that brings their bytes to so many
 */
public record AuditQuery(
        String account, AuditFilter filter, Optional<Position> after, int limit, int budget, int maxBytes) {}
