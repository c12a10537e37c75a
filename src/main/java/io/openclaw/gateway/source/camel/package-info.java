/**
 * Events through Apache Camel: each YAML file of a directory is a source with routes of its own,
 * which publish to and read from {@code openclaw:} endpoints.
 *
 * <p>First stage of the pipeline, before {@code ingest}; the consumers read the {@code log}. No
 * knowledge of a broker belongs here: that is what Camel's components are for.
 */
@NullMarked
package io.openclaw.gateway.source.camel;

import org.jspecify.annotations.NullMarked;
