/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Claude Code's transcripts: the lines of the files in which it keeps its sessions. */
@NullMarked
package dev.muster.ingest.transcript;

import org.jspecify.annotations.NullMarked;
