/** The way of an event into Kafka, and the word that it is durable. */
@NullMarked
package dev.muster.ingest.kafka;

import org.jspecify.annotations.NullMarked;
