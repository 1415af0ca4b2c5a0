/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.auth;

/**
 * For whom a request is answered.
 *
 * @param account the account whose sessions, agents and keys the request reads and changes
 * @param user who sent it, as it is written down with every command
 */
public record Caller(String account, String user) {}
