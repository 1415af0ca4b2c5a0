/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** A Kafka broker of one node inside this JVM, and the topics that Muster needs of it. */
@NullMarked
package dev.muster.standalone.broker;

import org.jspecify.annotations.NullMarked;
