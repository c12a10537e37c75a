package io.openclaw.gateway.rest;

import io.openclaw.gateway.security.Arrival;
import io.openclaw.gateway.security.DoorSettings;
import io.openclaw.gateway.security.Forwarders;
import jakarta.inject.Inject;
import jakarta.json.spi.JsonProvider;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;

/**
 * The first that sees a request: from here on its remote address is the client's, past trusted
 * proxies, and it is secure if the client spoke TLS. 403 without TLS where it is required.
 */
@WebFilter(urlPatterns = "/api/*", asyncSupported = true)
public class DoorFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final JsonProvider JSON = JsonProvider.provider();

  @Inject private transient DoorSettings settings;

  /** For the container, which injects the field. */
  @SuppressWarnings("NullAway.Init")
  public DoorFilter() {}

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Arrival arrival =
        settings
            .forwarders()
            .arrival(
                new Forwarders.Request(
                    request.getRemoteAddr(),
                    request.isSecure(),
                    name -> Collections.list(request.getHeaders(name))));
    if (settings.requireTls() && !arrival.secure()) {
      refuse(response, Problem.of("forbidden", "TLS is required here: use https://"));
    } else {
      chain.doFilter(new ArrivedRequest(request, arrival), response);
    }
  }

  private static void refuse(HttpServletResponse response, Problem problem) throws IOException {
    response.setStatus(problem.status());
    response.setContentType("application/problem+json");
    response
        .getWriter()
        .print(
            JSON.createObjectBuilder()
                .add("type", problem.type())
                .add("title", problem.title())
                .add("status", problem.status())
                .add("code", problem.code())
                .add("detail", problem.detail())
                .build());
  }

  /** A request as it was where the client sent it. */
  private static final class ArrivedRequest extends HttpServletRequestWrapper {
    private final Arrival arrival;

    ArrivedRequest(HttpServletRequest request, Arrival arrival) {
      super(request);
      this.arrival = arrival;
    }

    @Override
    public String getRemoteAddr() {
      return arrival.address();
    }

    @Override
    public boolean isSecure() {
      return arrival.secure();
    }
  }
}
