/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the pages of other sites from changing anything. A browser names the page's origin in every request that
 * changes something; it must be this service, under a name of this machine, for a foreign name can be pointed here. Other
 * programs name no origin.
 */
final class OwnPages {

    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private OwnPages() {}

    /** Answers 403 to a page of another origin. */
    static void require(Context request) {
        @Nullable String origin = request.header("Origin");
        @Nullable String host = request.header("Host");
        if (origin != null && (host == null || !origin.equals("http://" + host) || !isLoopback(host))) {
            throw new ForbiddenResponse("Pages of another origin may not change anything here.");
        }
    }

    private static boolean isLoopback(String host) {
        return LOOPBACK_NAMES.contains(host.replaceFirst(":\\d+$", ""));
    }
}
