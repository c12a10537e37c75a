/**
 * Real servers that the gateway talks to, each a process of its own on a free port of the loopback
 * address, with its files in a directory that the test gives it. They can be killed as by a power
 * cut and started again on their files. Test fixtures; no test and no client of a server is here.
 */
@NullMarked
package io.openclaw.gateway.neighbour;

import org.jspecify.annotations.NullMarked;
