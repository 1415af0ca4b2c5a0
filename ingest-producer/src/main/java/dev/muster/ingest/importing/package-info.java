/** Past sessions: reads Claude Code's transcript files and sends what counts of them to a collector, each fact once. */
@NullMarked
package dev.muster.ingest.importing;

import org.jspecify.annotations.NullMarked;
