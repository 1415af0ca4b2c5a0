/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.routes;

import dev.muster.query.json.AuditCsv;
import dev.muster.query.json.AuditJson;
import dev.muster.query.json.Json;
import dev.muster.query.params.AuditFormat;
import dev.muster.streams.read.AuditEntry;
import dev.muster.streams.read.Page;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit log as a file. It is read and written a page at a time, so that it takes no more memory than a page, however long
 * it is. What fails on the way cuts the connection: a file that is not whole must not look as if it were.
 */
final class AuditExport {

    private static final Logger log = LoggerFactory.getLogger(AuditExport.class);

    private final Source source;
    private final AuditJson json;
    private final AuditFormat format;

    /** Reads a page of the log. */
    interface Source {
        Page<AuditEntry> page(Optional<String> cursor);
    }

    private interface Lines {
        void write(AuditEntry entry) throws IOException;
    }

    AuditExport(Source source, AuditJson json, AuditFormat format) {
        this.source = source;
        this.json = json;
        this.format = format;
    }

    /** Answers with the first page, which has been read by then, and all after it. */
    void answer(Context request, Page<AuditEntry> first) {
        request.contentType(format.contentType())
                .header("Content-Disposition", "attachment; filename=\"" + format.fileName() + "\"");
        if (request.method().equals(HandlerType.HEAD)) {
            return;
        }
        try {
            write(first, request.outputStream());
        } catch (IOException e) {
            // The reader has gone: nobody is left to be told.
            cut(request, e);
        } catch (RuntimeException e) {
            log.warn("An export of the audit log was cut off: {}", e.toString());
            cut(request, e);
        }
    }

    private void write(Page<AuditEntry> first, OutputStream out) throws IOException {
        Lines lines = lines(out);
        Page<AuditEntry> page = first;
        while (true) {
            for (AuditEntry entry : page.items()) {
                lines.write(entry);
            }
            out.flush();
            if (page.nextCursor().isEmpty()) {
                return;
            }
            page = source.page(page.nextCursor());
        }
    }

    private Lines lines(OutputStream out) throws IOException {
        if (format == AuditFormat.CSV) {
            AuditCsv table = new AuditCsv(out);
            return entry -> table.write(json.of(entry));
        }
        return entry -> {
            out.write(Json.write(json.of(entry)));
            out.write('\n');
        };
    }

    private static void cut(Context request, Exception because) {
        ServletContextRequest.getServletContextRequest(request.req())
                .getServletChannel()
                .abort(because);
    }
}
