/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.routes;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the pages of other sites out. A foreign name can be pointed at this machine, and then a browser takes what is
 * answered here for that site's own: so only requests that name a loopback host are answered. A browser names the page's
 * origin too in every request that changes something; it must be this service. Other programs name no origin.
 */
public final class LoopbackHostGuard {

    /** No name that has to be looked up: whoever answers the look-up could point it here. */
    private static final Pattern LOOPBACK =
            Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d+)?", Pattern.CASE_INSENSITIVE);

    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

    private LoopbackHostGuard() {}

    /** Answers 403 to what names another host, and to a page of another origin that would change something. */
    public static void addTo(RoutesConfig routes) {
        routes.before(LoopbackHostGuard::require);
    }

    private static void require(Context request) {
        @Nullable String host = request.header("Host");
        if (host != null && !LOOPBACK.matcher(host).matches()) {
            throw new ForbiddenResponse(
                    "The API answers under this machine's own names only, such as localhost or 127.0.0.1.");
        }
        @Nullable String origin = request.header("Origin");
        if (origin != null && !READS.contains(request.req().getMethod()) && !origin.equals("http://" + host)) {
            throw new ForbiddenResponse("Pages of another origin may not change anything here.");
        }
    }
}
