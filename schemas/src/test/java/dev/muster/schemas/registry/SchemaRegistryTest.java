/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.schemas.EventBody;
import dev.muster.schemas.MalformedRecordException;
import dev.muster.schemas.SingleObjectFormat;
import dev.muster.schemas.settings.InvalidSettingException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of events while a registry refuses, is away, or does not know. */
class SchemaRegistryTest {

    private static final Duration SHORT = Duration.ofMillis(1);

    private final TinyRegistry registry = TinyRegistry.start(0);
    private final byte[] event = new SingleObjectFormat().write(SampleEvents.full("s1"));

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void aSchemaThatIsRefusedStopsTheStart() {
        registry.refuseWith(
                409,
                "{\"error_code\":409,\"message\":\"a.b.RuleException: Schema being\\n registered is incompatible\"}");

        assertThatThrownBy(() -> Framing.of(Optional.of(registry.config())))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("The schema registry at " + registry.url()
                        + " refuses Muster's schema dev.muster.schemas.avro.HookEvent under the subject"
                        + " muster.hook-events-value with HTTP 409 (Schema being registered is incompatible); give the"
                        + " subject a schema that goes together with it, or another registry.");
    }

    @Test
    void aWrongPasswordStopsTheStartAndIsNotTold() {
        registry.refuseWith(401, "{\"error_code\":401,\"message\":\"Unauthorized\"}");
        RegistryConfig config = RegistryConfig.of(registry.url(), Optional.of("me:secret"));

        assertThatThrownBy(() -> Framing.of(Optional.of(config)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("MUSTER_SCHEMA_REGISTRY_AUTH")
                .hasMessageNotContaining("secret");
        assertThat(config).hasToString("RegistryConfig[" + registry.url() + "]");
        assertThat(registry.requests())
                .containsExactly("POST /subjects/muster.hook-events-value/versions Basic bWU6c2VjcmV0");
    }

    @Test
    void aRegistryThatIsAwayIsAskedUntilItIsThere() {
        registry.refuseWith(503, "");
        try (Framing framing = Framing.of(Optional.of(registry.config()))) {
            assertThat(framing.notReadyBecause())
                    .hasValue("The schema registry is not available: " + registry.url() + " answers HTTP 503.");
            assertThatThrownBy(() -> framing.frame(event)).isInstanceOf(IllegalStateException.class);

            registry.recover();

            await().until(() -> framing.notReadyBecause().isEmpty());
            assertThat(framing.frame(event)).startsWith(0, 0, 0, 0, TinyRegistry.FIRST_ID);
        }
    }

    @Test
    void theNextAddressIsAskedWhenOneDoesNotAnswer() {
        RegistryConfig config = RegistryConfig.of("http://127.0.0.1:1/, " + registry.url() + "/", Optional.empty());

        try (Framing framing = Framing.of(Optional.of(config))) {
            assertThat(framing.notReadyBecause()).isEmpty();
        }
    }

    @Test
    void bytesOfAnotherSchemaStayAsTheyAre() {
        byte[] older = event.clone();
        older[2]++;
        try (Framing framing = Framing.of(Optional.of(registry.config()))) {
            assertThat(framing.frame(older)).isSameAs(older);
        }
        assertThat(Framing.singleObject().frame(event)).isSameAs(event);
    }

    @Test
    void anUnknownIdIsNoFaultOfTheRegistryAndIsAskedForOnce() {
        EventReader reader = new EventReader(WriterSchemas.of(Optional.of(registry.config())));

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> reader.look(framed(99), new EventBody()))
                    .isInstanceOf(MalformedRecordException.class)
                    .hasMessage("the schema registry knows no schema by the id 99");
        }
        assertThat(registry.requests()).containsExactly("GET /schemas/ids/99");
    }

    @Test
    void anAnswerThatIsNoRegistrysIsNotTakenForItsWord() {
        registry.refuseWith(404, "<html>Not Found</html>");

        assertThatExceptionOfType(RegistryUnavailableException.class)
                .isThrownBy(() -> new SchemaRegistry(registry.config()).find(7))
                .withMessage(
                        "The schema registry at " + registry.url() + " answers HTTP 404 when asked for the schema 7.");
    }

    @Test
    void aSchemaThatIsNoEventsIsMalformed() {
        registry.add("\"string\"");
        EventReader reader = new EventReader(WriterSchemas.of(Optional.of(registry.config())));

        assertThatThrownBy(() -> reader.look(framed(TinyRegistry.FIRST_ID), new EventBody()))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageStartingWith("the body does not fit the schema HookEvent");
    }

    @Test
    void withoutARegistryTheReasonNamesTheSetting() {
        EventReader reader = new EventReader(WriterSchemas.of(Optional.empty()));

        assertThatThrownBy(() -> reader.look(framed(7), new EventBody()))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessage("the record is framed with a schema registry's id (7),"
                        + " and MUSTER_SCHEMA_REGISTRY_URL is not set");
        assertThatThrownBy(() -> reader.look(new byte[] {1, 2, 3}, new EventBody()))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessage("the record is in no wire format that Muster reads");
    }

    @Test
    void aRegistryThatIsAwayIsWaitedForAndNeverTakenForNo() throws Exception {
        registry.add(HookEventSchema.read().toString());
        SchemaRegistry real = new SchemaRegistry(registry.config());
        AtomicInteger asked = new AtomicInteger();
        WriterSchemas away = id -> {
            if (asked.incrementAndGet() < 3) {
                throw new RegistryUnavailableException("away");
            }
            return real.find(id);
        };

        try (CachedSchemas schemas = new CachedSchemas(away, Duration.ofMinutes(1))) {
            assertThat(schemas.find(TinyRegistry.FIRST_ID)).isEqualTo(HookEventSchema.read());
        }
        assertThat(asked).hasValue(3);
    }

    @Test
    void patienceEndsWithWhatWasWrong() {
        WriterSchemas away = id -> {
            throw new RegistryUnavailableException("away");
        };

        CachedSchemas impatient = new CachedSchemas(away, SHORT);
        assertThatThrownBy(() -> impatient.find(7)).isInstanceOf(RegistryUnavailableException.class);
        CachedSchemas closed = new CachedSchemas(away);
        closed.close();
        assertThatThrownBy(() -> closed.find(7)).isInstanceOf(RegistryUnavailableException.class);
    }

    private byte[] framed(int id) {
        return ConfluentFrame.of(id, event);
    }
}
