/** Measures Muster side by side with the least that reading the topic costs, in processes of their own. */
@NullMarked
package dev.muster.benchmarks;

import org.jspecify.annotations.NullMarked;
