/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ingest.Fixtures;
import dev.muster.ingest.source.InvalidBodyException;
import dev.muster.schemas.avro.HookEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class NestedRequestsTest {

    private static final String MODEL = "claude-sonnet-4-6";

    private OtlpSource source = OtlpSource.traces();

    /** A span: its number, its parent's or 0, what it is, and from when to when of a second. */
    private record Span(int number, int parent, String attributes, int from, int to, boolean failed) {
        String json() {
            return "{\"traceId\":\"" + "e".repeat(32) + "\",\"spanId\":\"" + id(number) + "\",\"parentSpanId\":\""
                    + (parent == 0 ? "" : id(parent)) + "\",\"name\":\"s\",\"startTimeUnixNano\":\"" + nanos(from)
                    + "\",\"endTimeUnixNano\":\"" + nanos(to) + "\",\"attributes\":[" + attributes + "],\"status\":{"
                    + (failed ? "\"code\":2" : "") + "}}";
        }

        private static String id(int number) {
            return String.format("%016x", number);
        }

        private static String nanos(int ms) {
            return Long.toString(1_795_999_200_000_000_000L + ms * 1_000_000L);
        }
    }

    @Property(tries = 60)
    void aRequestWithinAnotherIsTheSameInWhateverOrderABodyHasThem(@ForAll Random random) {
        List<Span> spans = new ArrayList<>(List.of(
                chat(1, 0, "", 1000, 100, 0, 900),
                work(2, 1, 100, 800),
                chat(3, 2, MODEL, 1000, 100, 200, 700),
                chat(4, 3, "us.anthropic." + MODEL, 1000, 100, 300, 600)));
        Collections.shuffle(spans, random);

        assertThat(ids(spans)).hasSize(1);
    }

    @Property(tries = 60)
    void requestsSideBySideAreTwo(@ForAll Random random) {
        List<Span> spans = new ArrayList<>(List.of(
                work(1, 0, 0, 900), chat(2, 1, MODEL, 1000, 100, 100, 300), chat(3, 1, MODEL, 1000, 100, 400, 600)));
        Collections.shuffle(spans, random);

        assertThat(ids(spans)).hasSize(2);
    }

    /** A framework that asks again and tells of the last: its span is one with one of them. */
    @Property(tries = 60)
    void oneOfTwoWithinAnotherIsTheOther(@ForAll Random random) {
        List<Span> spans = new ArrayList<>(List.of(
                chat(1, 0, MODEL, 1000, 100, 0, 900),
                chat(2, 1, MODEL, 1000, 100, 100, 300),
                chat(3, 1, MODEL, 1000, 100, 400, 600)));
        Collections.shuffle(spans, random);

        assertThat(ids(spans)).hasSize(2);
    }

    @Test
    void otherNumbersOrModelsAreOtherRequests() {
        assertThat(ids(List.of(chat(1, 0, MODEL, 1000, 100, 0, 900), chat(2, 1, MODEL, 999, 100, 100, 800))))
                .hasSize(2);
        assertThat(ids(List.of(chat(3, 0, MODEL, 1000, 100, 0, 900), chat(4, 3, "gpt-5", 1000, 100, 100, 800))))
                .hasSize(2);
    }

    @Test
    void spansOfOneRequestInBodiesOfTheirOwn() {
        Set<String> ids = new HashSet<>(ids(List.of(chat(2, 1, MODEL, 1000, 100, 100, 800))));
        ids.addAll(ids(List.of(chat(1, 0, MODEL, 1000, 100, 0, 900))));
        ids.addAll(ids(List.of(chat(2, 1, MODEL, 1000, 100, 100, 800))));
        assertThat(ids).hasSize(1);

        source = OtlpSource.traces();
        ids.clear();
        ids.addAll(ids(List.of(chat(1, 0, MODEL, 1000, 100, 0, 900))));
        ids.addAll(ids(List.of(chat(2, 1, MODEL, 1000, 100, 100, 800))));
        assertThat(ids).hasSize(1);
    }

    @Test
    void aFailedRequestWithinAFailedOneIsTheSame() {
        Span outer = new Span(1, 0, attributes(MODEL, ""), 0, 900, true);
        Span inner = new Span(2, 1, attributes(MODEL, ""), 100, 800, true);

        assertThat(ids(List.of(inner, outer))).hasSize(1);
    }

    /** A provider's instrumentation knows no session. */
    @Test
    void theInnerSpanIsOfTheOutersSession() {
        String session = ",{\"key\":\"session.id\",\"value\":{\"stringValue\":\"s1\"}}";
        Span outer = new Span(1, 0, attributes(MODEL, usage(1000, 100)) + session, 0, 900, false);

        assertThat(events(List.of(chat(2, 1, MODEL, 1000, 100, 100, 800), outer)))
                .hasSize(2)
                .extracting(HookEvent::getSessionId)
                .containsOnly("s1");
    }

    private static Span chat(int number, int parent, String model, int input, int output, int from, int to) {
        return new Span(number, parent, attributes(model, usage(input, output)), from, to, false);
    }

    private static Span work(int number, int parent, int from, int to) {
        return new Span(
                number, parent, "{\"key\":\"http.method\",\"value\":{\"stringValue\":\"POST\"}}", from, to, false);
    }

    private static String attributes(String model, String usage) {
        return "{\"key\":\"gen_ai.operation.name\",\"value\":{\"stringValue\":\"chat\"}}"
                + (model.isEmpty()
                        ? ""
                        : ",{\"key\":\"gen_ai.request.model\",\"value\":{\"stringValue\":\"" + model + "\"}}")
                + usage;
    }

    private static String usage(int input, int output) {
        return ",{\"key\":\"gen_ai.usage.input_tokens\",\"value\":{\"intValue\":\"" + input + "\"}}"
                + ",{\"key\":\"gen_ai.usage.output_tokens\",\"value\":{\"intValue\":\"" + output + "\"}}";
    }

    private Set<String> ids(List<Span> spans) {
        Set<String> ids = new HashSet<>();
        events(spans).forEach(event -> ids.add(event.getId()));
        return ids;
    }

    private List<HookEvent> events(List<Span> spans) {
        String body = "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":["
                + String.join(",", spans.stream().map(Span::json).toList()) + "]}]}]}";
        try {
            return source.read(Fixtures.request(body)).events();
        } catch (InvalidBodyException e) {
            throw new AssertionError("refused: " + e.issues(), e);
        }
    }
}
