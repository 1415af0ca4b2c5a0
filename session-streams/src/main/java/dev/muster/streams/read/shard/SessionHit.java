/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.streams.model.SessionAggregate;
import dev.muster.streams.read.page.Position;
import dev.muster.streams.read.page.Positioned;

/**
 * A session in a list.
 *
 * @param session its figures as they stand
 */
public record SessionHit(Position position, SessionAggregate session) implements Positioned {}
