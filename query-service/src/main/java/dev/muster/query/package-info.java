/**
 * The side of Muster that is asked: {@link dev.muster.query.QueryNode} puts together the topology and the API over its stores,
 * {@link dev.muster.query.QueryService} is the API's server. The paths stand in {@code routes}, what they read out of requests in
 * {@code params}, what they answer in {@code json}; {@code auth} tells who asks, {@code permits} when the stores may be read.
 */
@NullMarked
package dev.muster.query;

import org.jspecify.annotations.NullMarked;
