/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What the API has written to Kafka: each record at once, and acknowledged before anything is answered. */
@NullMarked
package dev.muster.query.kafka;

import org.jspecify.annotations.NullMarked;
