/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The session model: events in, figures out, with no Kafka in it. A session takes in events in any order and any number of
 * times, and its figures are the same in the end.
 *
 * <ul>
 *   <li>Facts: {@code Fact}, {@code FactRow} and {@code SessionFacts} keep what each event said, in {@code Chunks} by {@code
 *       FactPosition}; {@code CopyMerge} makes one fact of what several sources said.
 *   <li>Session: {@link dev.muster.streams.model.Session} is what the topology calls; {@code SessionUpdater} enters facts in it.
 *   <li>Figures: {@code FigureCounter} counts a fact in its session and trace, and takes it out again; here {@code Pricing}
 *       applies the price of a model request. {@code SessionAggregate}, {@code TraceAggregate} and {@code DayFigures} hold the
 *       sums.
 *   <li>Traces: {@code TraceSplit} says which prompt a fact belongs to; {@code TraceLocations} where a trace has its row.
 *   <li>Days: {@code DayContribution} is what a session gives to its agent's days, {@code AgentDay} their sum.
 *   <li>Codec: {@code StateInput}, {@code StateOutput} and {@code StateSchema} read and write rows.
 * </ul>
 */
@NullMarked
package dev.muster.streams.model;

import org.jspecify.annotations.NullMarked;
