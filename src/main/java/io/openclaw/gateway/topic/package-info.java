/**
 * The vocabulary of the gateway: topic names, patterns and their trie, publications, positions.
 *
 * <p>Every other package points here and this one points nowhere: it is plain Java without a clock,
 * a thread or a container. It calls outwards only through {@link
 * io.openclaw.gateway.topic.PublicationListener}. Nothing about storage, sessions or wire formats
 * belongs here.
 */
@NullMarked
package io.openclaw.gateway.topic;

import org.jspecify.annotations.NullMarked;
