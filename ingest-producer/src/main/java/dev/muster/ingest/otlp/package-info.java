/** The OTLP sources: how a request is decoded, and which events the records of each ecosystem become. */
@NullMarked
package dev.muster.ingest.otlp;

import org.jspecify.annotations.NullMarked;
