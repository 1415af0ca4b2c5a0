/** The library with which a fleet writes its agents' events to Kafka itself. */
@NullMarked
package dev.muster.producer;

import org.jspecify.annotations.NullMarked;
