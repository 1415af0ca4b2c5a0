/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.importing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A line of a transcript file.
 *
 * @param number counted from 1
 * @param end where the next line begins
 * @param bytes how long it was in the file
 * @param body what is sent of it, if anything
 */
record TranscriptLine(long number, long end, long bytes, Optional<ObjectNode> body) {}
