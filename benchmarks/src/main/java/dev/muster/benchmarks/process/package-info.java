/** The processes of a run: a broker, and a client for each case. */
@NullMarked
package dev.muster.benchmarks.process;

import org.jspecify.annotations.NullMarked;
