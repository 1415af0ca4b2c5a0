/** The collector: agents' events in over HTTP, records out to Kafka, answered when they are durable. */
@NullMarked
package dev.muster.ingest;

import org.jspecify.annotations.NullMarked;
