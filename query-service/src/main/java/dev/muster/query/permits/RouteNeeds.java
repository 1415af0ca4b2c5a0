/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.permits;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.query.permits.PermitGate.Need;
import io.javalin.http.servlet.JavalinServletContextKt;
import io.javalin.router.matcher.PathParser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.jetty.server.Request;

/** What the requests of each route need before it may run. All is added before the first request comes. */
public final class RouteNeeds implements Function<Request, Need> {

    private static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";
    private static final Set<String> READS = Set.of("GET", "HEAD");
    private final Map<PathParser, Function<Request, Need>> needs = new LinkedHashMap<>();

    /** Notes it for a path, which is matched as the server matches it. */
    public void add(PathParser path, Function<Request, Need> need) {
        needs.put(path, need);
    }

    /** What a request needs; nothing if it reads no route. */
    @Override
    public Need apply(Request request) {
        // As Javalin finds the route.
        String method =
                Optional.ofNullable(request.getHeaders().get(METHOD_OVERRIDE)).orElse(request.getMethod());
        if (!READS.contains(method)) {
            return Need.NOTHING;
        }
        String path = Optional.ofNullable(request.getHttpURI().getPath()).orElse("");
        return needs.entrySet().stream()
                .filter(route -> route.getKey().matches(path))
                .findFirst()
                .map(route -> route.getValue().apply(request))
                .orElse(Need.NOTHING);
    }

    /** A parameter of the query, read as Javalin reads it for the route; empty when it is absent or empty. */
    public static Optional<String> parameter(Request request, String name) {
        String query = Optional.ofNullable(request.getHttpURI().getQuery()).orElse("");
        return JavalinServletContextKt.splitKeyValueStringAndGroupByKey(query, UTF_8.name())
                .getOrDefault(name, List.of())
                .stream()
                .findFirst()
                .filter(value -> !value.isEmpty());
    }
}
