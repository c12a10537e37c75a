/**
 * The one reader of configuration: scalars from MicroProfile Config into the settings records of
 * the packages, and {@code openclaw.yaml} into topic rules, access policy and sources.
 *
 * <p>Part of {@code wiring}: sees the settings of every package, and only {@code wiring} sees it.
 * Everything but {@link io.openclaw.gateway.wiring.settings.MicroProfileSettings} is plain Java and
 * reads from a map in tests. What a setting does belongs to the package that it is for.
 */
@NullMarked
package io.openclaw.gateway.wiring.settings;

import org.jspecify.annotations.NullMarked;
