/** What was measured, as JSON and as a table, and where the time went. */
@NullMarked
package dev.muster.benchmarks.report;

import org.jspecify.annotations.NullMarked;
