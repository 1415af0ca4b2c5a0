/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.routes;

import dev.muster.query.auth.Caller;
import dev.muster.query.json.AuditJson;
import dev.muster.query.params.AuditFormat;
import dev.muster.query.params.Filters;
import dev.muster.query.params.PageRequest;
import dev.muster.query.params.Parameters;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.read.AccountReader;
import dev.muster.streams.read.AuditFilter;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.util.Optional;

/** {@code /v1/me/events}: the audit log, in pages, or whole as a file. */
final class AuditRoutes {

    /** The most entries of a page. */
    static final int MAX_LIMIT = 1000;

    private static final String EVENTS = "/v1/me/events";
    private static final Parameters PARAMETERS =
            Filters.AUDIT.and(Parameters.of("format")).and(PageRequest.PARAMETERS);

    private final AccountReader reader;
    private final AuditJson json;
    private final Filters filters;

    AuditRoutes(AccountReader reader, AgentControls controls, Filters filters) {
        this.reader = reader;
        this.filters = filters;
        json = new AuditJson(controls);
    }

    void addTo(ApiRoutes routes) {
        routes.get(EVENTS, PARAMETERS, AuditFormat::need, (request, caller) -> {
            AuditFormat format = AuditFormat.of(request);
            if (format == AuditFormat.JSON) {
                page(request, caller, routes);
            } else {
                export(request, caller, format, routes);
            }
        });
    }

    private void page(Context request, Caller caller, ApiRoutes routes) {
        AuditFilter filter = filters.audit(request, caller);
        PageRequest page = PageRequest.of(request, MAX_LIMIT);
        JsonAnswers.page(
                request,
                "events",
                page.answered(routes.read(
                        request, () -> reader.audit(caller.account(), filter, page.limit(), page.cursor()))),
                json::of);
    }

    /** A file takes a permit for each of its pages: its client may read it for hours. */
    private void export(Context request, Caller caller, AuditFormat format, ApiRoutes routes) {
        routes.requireOwnThread(request);
        AuditFilter filter = filters.audit(request, caller);
        for (String name : new String[] {"limit", "cursor"}) {
            if (Filters.text(request, name).isPresent()) {
                throw new BadRequestResponse(name + " is for pages; a file has every entry that fits.");
            }
        }
        AuditExport.Source source =
                cursor -> routes.read(request, () -> reader.audit(caller.account(), filter, MAX_LIMIT, cursor));
        new AuditExport(source, json, format).answer(request, source.page(Optional.empty()));
    }
}
