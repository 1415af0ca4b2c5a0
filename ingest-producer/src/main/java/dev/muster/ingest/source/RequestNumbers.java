/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.source;

import dev.muster.schemas.avro.Tokens;

/** By what numbers two tellings of a model request are known to be of one. */
public final class RequestNumbers {

    private RequestNumbers() {}

    /** Whether both asked and answered as much. */
    public static boolean areEqual(Tokens a, Tokens b) {
        return ofPrompt(a) == ofPrompt(b) && a.getOutput() == b.getOutput();
    }

    /** The size of the prompt: what is read of a cache is part of the input to some, and beside it to others. */
    public static long ofPrompt(Tokens tokens) {
        return tokens.getInput() + tokens.getCacheRead() + tokens.getCacheWrite5m() + tokens.getCacheWrite1h();
    }
}
