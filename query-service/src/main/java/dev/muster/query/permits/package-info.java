/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Which requests may read the stores when: a bounded number at a time, the others waiting in order without a thread. */
@NullMarked
package dev.muster.query.permits;

import org.jspecify.annotations.NullMarked;
