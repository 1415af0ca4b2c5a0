/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.permits;

import dev.muster.query.permits.PermitGate.Need;
import io.javalin.router.matcher.PathParser;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.jetty.server.Request;

/** What the requests of each route need before it may run. All is added before the first request comes. */
public final class RouteNeeds implements Function<Request, Need> {

    private static final Set<String> READS = Set.of("GET", "HEAD");
    private final Map<PathParser, Function<Request, Need>> needs = new LinkedHashMap<>();

    /** Notes it for a path, which is matched as the server matches it. */
    public void add(PathParser path, Function<Request, Need> need) {
        needs.put(path, need);
    }

    /** What a request needs; nothing if it reads no route. */
    @Override
    public Need apply(Request request) {
        if (!READS.contains(request.getMethod())) {
            return Need.NOTHING;
        }
        String path = Optional.ofNullable(request.getHttpURI().getPath()).orElse("");
        return needs.entrySet().stream()
                .filter(route -> route.getKey().matches(path))
                .findFirst()
                .map(route -> route.getValue().apply(request))
                .orElse(Need.NOTHING);
    }

    /** A parameter of the query; empty when it is absent or empty, or the query cannot be read, which its route answers. */
    public static Optional<String> parameter(Request request, String name) {
        try {
            return Optional.ofNullable(Request.extractQueryParameters(request).getValue(name))
                    .filter(value -> !value.isEmpty());
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }
}
