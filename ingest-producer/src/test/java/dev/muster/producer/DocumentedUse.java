/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.producer;

import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Tokens;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Java of docs/producers.md, compiled. */
final class DocumentedUse {

    private static final Logger LOG = LoggerFactory.getLogger(DocumentedUse.class);

    private DocumentedUse() {}

    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears what the futures would tell
    static void run(InstantSource clock) {
        MusterProducerConfig config = MusterProducerConfig.of("kafka:9092")
                .withRegistry("http://registry:8081"); // leave it out, and records need no registry
        AgentSession session = new AgentSession("acme", "triage-bot", "run-1");
        try (MusterProducer muster =
                MusterProducer.create(config, (event, failure) -> LOG.warn("Not sent: {}", event.getId(), failure))) {
            muster.send(session.prompt(clock.instant(), "p1", "Why is the build red?")
                    .build());
            muster.send(session.toolStart(clock.instant(), "t1", "Bash")
                    .setTraceId("p1")
                    .build());
            muster.send(session.toolEnd(clock.instant(), "t1", "Bash", Outcome.SUCCESS)
                    .setTraceId("p1")
                    .setDurationMs(85L)
                    .build());
            muster.send(
                    session.modelRequest(clock.instant(), "r1", "claude-sonnet-4-5", new Tokens(10L, 20L, 0L, 0L, 0L))
                            .setTraceId("p1")
                            .build());
        }
    }
}
