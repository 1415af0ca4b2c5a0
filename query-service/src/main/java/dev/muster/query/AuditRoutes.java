/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import dev.muster.query.json.AuditJson;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.read.AccountReader;
import dev.muster.streams.read.AuditFilter;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Optional;

/** {@code /v1/me/events}: the audit log, in pages, or whole as a file. */
final class AuditRoutes {

    /** The most entries of a page. */
    static final int MAX_LIMIT = 1000;

    private static final String EVENTS = "/v1/me/events";

    private final AccountReader reader;
    private final AuditJson json;
    private final String account;
    private final Filters filters;

    AuditRoutes(AccountReader reader, AgentControls controls, String account, Filters filters) {
        this.reader = reader;
        this.account = account;
        this.filters = filters;
        json = new AuditJson(controls);
    }

    void addTo(Reads reads) {
        Handler page = reads.turns().inTurn(this::page);
        // A file takes a turn for each of its pages: its client may read it for hours.
        reads.addAtOnce(EVENTS, request -> {
            AuditFormat format = AuditFormat.of(request);
            if (format == AuditFormat.JSON) {
                page.handle(request);
            } else {
                export(request, format, reads.turns());
            }
        });
    }

    private void page(Context request) {
        AuditFilter filter = filters.audit(request);
        PageRequest page = PageRequest.of(request, MAX_LIMIT);
        Answers.page(request, "events", reader.audit(account, filter, page.limit(), page.cursor()), json::of);
    }

    private void export(Context request, AuditFormat format, Turns turns) {
        AuditFilter filter = filters.audit(request);
        for (String name : new String[] {"limit", "cursor"}) {
            if (Filters.text(request, name).isPresent()) {
                throw new BadRequestResponse(name + " is for pages; a file has every entry that fits.");
            }
        }
        AuditExport.Source source = cursor -> turns.inTurn(() -> reader.audit(account, filter, MAX_LIMIT, cursor));
        new AuditExport(source, json, format).answer(request, source.page(Optional.empty()));
    }
}
