/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.Outcome;
import dev.muster.streams.read.SessionView;
import dev.muster.streams.read.Status;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A session's status by its facts and the clock. */
class StatusTest {

    private static final long MINUTE = 60_000;

    private final Sessions sessions = new Sessions(1 << 20);

    @Test
    void it_is_active_for_less_than_five_minutes_idle_up_to_thirty_then_done() {
        sessions.tell(Sessions.event(FactId.dedupKey("k"), FactKind.OTHER, 0).build());

        assertThat(sessions.session(-1).status()).isEqualTo(Status.ACTIVE);
        assertThat(sessions.session(5 * MINUTE - 1).status()).isEqualTo(Status.ACTIVE);
        assertThat(sessions.session(5 * MINUTE).status()).isEqualTo(Status.IDLE);
        assertThat(sessions.session(30 * MINUTE).status()).isEqualTo(Status.IDLE);
        assertThat(sessions.session(30 * MINUTE + 1).status()).isEqualTo(Status.DONE);
    }

    @Test
    void what_failed_is_errored_whatever_the_clock() {
        sessions.tell(Sessions.event(FactId.toolEnd("u"), FactKind.TOOL_END, 0)
                .setOutcome(Outcome.FAILED)
                .build());

        assertThat(sessions.session(0).status()).isEqualTo(Status.ERRORED);
        assertThat(sessions.session(40 * MINUTE).status()).isEqualTo(Status.ERRORED);
    }

    @Test
    void acknowledging_covers_what_had_failed_and_nothing_later() {
        sessions.tell(Sessions.event(FactId.toolEnd("u"), FactKind.TOOL_END, 0)
                .setOutcome(Outcome.FAILED)
                .build());
        sessions.command("s", session -> session.acknowledge(Sessions.T + 10));

        assertThat(sessions.session(20).status()).isEqualTo(Status.ACTIVE);
        assertThat(sessions.session(20).acknowledgedAt()).contains(Sessions.NOW.plusMillis(10));
        assertThat(sessions.session(20).figures().errors()).isEqualTo(1);

        sessions.tell(Sessions.event(FactId.toolEnd("v"), FactKind.TOOL_END, 11)
                .setOutcome(Outcome.FAILED)
                .build());
        assertThat(sessions.session(20).status()).isEqualTo(Status.ERRORED);

        sessions.command("s", session -> session.acknowledge(Sessions.T + 20));
        assertThat(sessions.session(20).status()).isEqualTo(Status.ACTIVE);

        sessions.command("s", session -> session.unacknowledge(Sessions.T + 30));
        assertThat(sessions.session(30).status()).isEqualTo(Status.ERRORED);
        assertThat(sessions.session(30).acknowledgedAt()).isEmpty();
    }

    @Test
    void a_command_alone_makes_no_session() {
        sessions.command("unknown", session -> session.acknowledge(Sessions.T));
        sessions.tell(Sessions.event(FactId.dedupKey("k"), FactKind.OTHER, 0).build());
        sessions.write();

        for (InstanceReader reader : List.of(sessions.reader(Sessions.NOW), sessions.standbyReader(Sessions.NOW))) {
            assertThat(reader.session("local", "unknown")).isEmpty();
            assertThat(reader.events("local", "unknown", 1, Optional.empty())).isEmpty();
            assertThat(reader.sessions("local", 10, Optional.empty()).items())
                    .extracting(SessionView::id)
                    .containsExactly("s");
        }
    }

    @Test
    void it_waits_from_what_the_agent_asks_to_the_users_answer() {
        sessions.tell(Sessions.event(FactId.prompt("p"), FactKind.PROMPT, 0).build());
        assertThat(sessions.session(0).waiting()).isFalse();

        sessions.tell(Sessions.event(FactId.dedupKey("k"), FactKind.OTHER, 10)
                .setHookEvent("PermissionRequest")
                .build());
        assertThat(sessions.session(10).waiting()).isTrue();
        assertThat(sessions.session(40 * MINUTE).status()).isEqualTo(Status.DONE);
        assertThat(sessions.session(40 * MINUTE).waiting()).isTrue();

        sessions.tell(Sessions.event(FactId.toolEnd("u"), FactKind.TOOL_END, 20).build());
        assertThat(sessions.session(20).waiting()).isFalse();
    }

    @Test
    void a_failed_turn_is_a_failure_also_where_its_failed_request_is_the_error() {
        sessions.tell(Sessions.event(FactId.failedTurn("p"), FactKind.FAILED_TURN, 0)
                .setTraceId("p")
                .build());
        sessions.tell(Sessions.event(FactId.request("r"), FactKind.MODEL_REQUEST, 0)
                .setTraceId("p")
                .setOutcome(Outcome.FAILED)
                .build());

        assertThat(sessions.session(0).status()).isEqualTo(Status.ERRORED);
        assertThat(sessions.session(0).figures().errors()).isEqualTo(1);
    }
}
