/** Telemetry over OTLP: how its requests are read, and what the records of each ecosystem tell of. */
@NullMarked
package dev.muster.ingest.otlp;

import org.jspecify.annotations.NullMarked;
