/**
 * Requests and answers as JMS messages: each request says where its answer goes ({@code
 * JMSReplyTo}), what it is known by ({@code JMSCorrelationID}) and when nobody waits for it any
 * more ({@code JMSExpiration}).
 *
 * <p>An adapter below {@code request}. What waits, and for how long, is not known here.
 */
@NullMarked
package io.openclaw.gateway.request.jms;

import org.jspecify.annotations.NullMarked;
