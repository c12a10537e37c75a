/**
 * Hostile input for whatever decodes what a client sends: texts, JSON, MessagePack, frames. A seed
 * makes the same input each time. No test is here; they stand beside what they test.
 */
@NullMarked
package io.openclaw.gateway.fuzz;

import org.jspecify.annotations.NullMarked;
