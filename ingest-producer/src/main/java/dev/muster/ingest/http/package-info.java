/**
 * The collector's HTTP face: its routes and the sources behind them ({@code CollectorServer}), how a body is read within bounds,
 * how each protocol's clients are answered, and what is refused.
 */
@NullMarked
package dev.muster.ingest.http;

import org.jspecify.annotations.NullMarked;
