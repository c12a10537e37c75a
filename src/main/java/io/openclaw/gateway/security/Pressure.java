package io.openclaw.gateway.security;

import java.util.function.DoubleSupplier;

/**
 * How hard this process has it. Each reading is a share from 0 to 1, or below 0 if it cannot be
 * had.
 *
 * @param heap of the heap in use after it was last collected, not at this moment: garbage is no
 *     pressure
 * @param cpu of all processors in use by this process
 */
public record Pressure(DoubleSupplier heap, DoubleSupplier cpu) {}
