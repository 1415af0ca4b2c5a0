/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.schemas.RecordKey;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.model.SessionAggregate;
import dev.muster.streams.read.page.Position;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;

/** The partitions hosted here: answers from their stores, live sessions laid over them. */
public final class LocalShard implements AccountShard {

    private final Partitions partitions;
    private final AgentControls controls;
    private final LocalSessions sessions;
    private final LocalTraces traces;
    private final LocalAudit audit;
    private final LocalDays days;
    private final LocalAgents agents;

    LocalShard(Partitions partitions, AgentControls controls) {
        this.partitions = partitions;
        this.controls = controls;
        sessions = new LocalSessions(controls);
        traces = new LocalTraces(controls);
        audit = new LocalAudit(partitions, controls);
        days = new LocalDays(controls);
        agents = new LocalAgents(controls);
    }

    /**
     * The partitions of a Kafka Streams instance.
     *
     * @param count how many partitions the events' topic has
     * @param controls what was commanded of the agents
     */
    public static AccountShard of(KafkaStreams streams, int count, AgentControls controls) {
        return new LocalShard(new StreamsPartitions(streams, count), controls);
    }

    @Override
    public Slice<SessionHit> sessions(SessionQuery query) {
        return StoreRead.of(() -> sessions.slice(partitions.all(), query));
    }

    @Override
    public Slice<TraceHit> traces(TraceQuery query) {
        return StoreRead.of(() -> traces.slice(partitions.all(), query));
    }

    @Override
    public Slice<TraceHit> tracesById(TraceIdQuery query) {
        return StoreRead.of(() -> traces.byId(partitions.all(), query));
    }

    @Override
    public Slice<AuditHit> audit(AuditQuery query) {
        return StoreRead.of(() -> audit.slice(query));
    }

    @Override
    public Slice<SessionHit> daySessions(DaySessionsQuery query) {
        return StoreRead.of(() -> {
            List<PartitionStores> hosted = partitions.all();
            return controls.of(query.account(), query.group().agentId()).isDeleted()
                    ? new Slice<>(List.of(), Optional.empty(), Coverage.of(hosted))
                    : sessions.ofDay(hosted, query);
        });
    }

    @Override
    public AgentDays days(DayQuery query) {
        return StoreRead.of(() -> days.days(partitions.all(), query));
    }

    @Override
    public AgentDays daysOfSessions(SessionDaysQuery query) {
        return StoreRead.of(() -> days.daysOfSessions(partitions.all(), query));
    }

    @Override
    public GroupSums groups(GroupQuery query) {
        return StoreRead.of(() -> days.groups(partitions.all(), query));
    }

    @Override
    public SpendSums spend(SpendQuery query) {
        return StoreRead.of(() -> days.spend(partitions.all(), query));
    }

    @Override
    public AgentHits agents(AgentQuery query) {
        return StoreRead.of(() -> agents.agents(partitions.all(), query));
    }

    @Override
    public Map<String, SessionHit> sessionsById(String account, Collection<String> sessionIds) {
        return StoreRead.of(() -> {
            Map<String, SessionHit> found = new HashMap<>();
            for (String id : sessionIds) {
                RecordKey key = RecordKey.ofSession(account, id);
                if (partitions.host(key)) {
                    SessionSnapshot.figures(partitions.of(key), key).ifPresent(session -> found.put(id, hit(session)));
                }
            }
            return found;
        });
    }

    private static SessionHit hit(SessionAggregate session) {
        return new SessionHit(new Position(session.last(), session.id()), session);
    }
}
