/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.control;

import dev.muster.schemas.Topics;
import dev.muster.schemas.commands.AgentControl;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.server.kafka.TopicFollower;

/**
 * The commands as the topic {@code muster.agent-commands} tells them, read all the time: one takes effect within two seconds.
 * Nobody waits for them. Before all were read once, and while there is no Kafka to read newer ones from, agents go on.
 */
public final class FollowedControls implements Controls {

    private final AgentControls controls;
    private final TopicFollower follower;

    private FollowedControls(AgentControls controls, TopicFollower follower) {
        this.controls = controls;
        this.follower = follower;
    }

    /**
     * Begins to follow.
     *
     * @param bootstrap Kafka's addresses, host:port, divided by commas
     */
    public static FollowedControls follow(String bootstrap) {
        AgentControls controls = new AgentControls();
        return new FollowedControls(
                controls, TopicFollower.start(bootstrap, Topics.AGENT_COMMANDS, "muster-collector-commands", controls));
    }

    /** Nothing, before all has been read: what stands there half read may have been taken back since. */
    @Override
    public AgentControl of(String account, String agentId) {
        return complete() ? controls.of(account, agentId) : AgentControl.NONE;
    }

    @Override
    public boolean complete() {
        return controls.isComplete();
    }

    @Override
    public void close() {
        follower.close();
    }
}
