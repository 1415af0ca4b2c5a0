/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The words all modules share: records, their keys and ids, topic names, and the wire format. */
@NullMarked
package dev.muster.schemas;

import org.jspecify.annotations.NullMarked;
