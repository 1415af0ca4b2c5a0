/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import dev.muster.schemas.settings.Settings;
import dev.muster.streams.SessionStreamsConfig;

/**
 * What a query node is started with.
 *
 * @param api where the API listens
 * @param streams the topology whose stores it answers from
 */
public record QueryNodeConfig(QueryConfig api, SessionStreamsConfig streams) {

    /**
     * Reads the settings.
     *
     * @throws dev.muster.schemas.settings.InvalidSettingException for the first that is wrong
     */
    public static QueryNodeConfig from(Settings settings) {
        return new QueryNodeConfig(QueryConfig.from(settings), SessionStreamsConfig.from(settings));
    }
}
