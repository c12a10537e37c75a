package io.openclaw.gateway.camel.component;

import io.openclaw.gateway.hook.Hooks;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultComponent;

/**
 * Receives what others post to {@code /api/v1/hooks/NAME}: {@code from: hook:NAME?secret=…}. See
 * {@link HookEndpoint} for the options. The open hooks, {@link Hooks}, are a bean of the context.
 */
public final class HookComponent extends DefaultComponent {
  /** For Camel. */
  public HookComponent() {}

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    Hooks hooks = CamelContextHelper.mandatoryFindSingleByType(getCamelContext(), Hooks.class);
    HookEndpoint endpoint = new HookEndpoint(uri, this, remaining, hooks);
    setProperties(endpoint, parameters);
    return endpoint;
  }
}
