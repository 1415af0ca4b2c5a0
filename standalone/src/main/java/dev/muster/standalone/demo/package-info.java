/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** A small made-up fleet that tells the collector what it does, over HTTP like any other. */
@NullMarked
package dev.muster.standalone.demo;

import org.jspecify.annotations.NullMarked;
