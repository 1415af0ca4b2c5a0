/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What every HTTP server of ours has: its port, the answers of the web server itself, errors as JSON, health and metrics. */
@NullMarked
package dev.muster.server.http;

import org.jspecify.annotations.NullMarked;
