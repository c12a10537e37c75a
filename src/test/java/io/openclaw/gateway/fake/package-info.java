/**
 * What stands for the outside world in tests: time that is told when to pass, and connections that
 * remember what was sent.
 */
@NullMarked
package io.openclaw.gateway.fake;

import org.jspecify.annotations.NullMarked;
