package io.openclaw.gateway.telemetry;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code GET /metrics}: the numbers of this node in the text format of Prometheus. */
@WebServlet("/metrics")
public class MetricsEndpoint extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject private transient PrometheusMeterRegistry meters;
  @Inject private transient SourceMetrics sources;

  /** For the container, which injects the fields. */
  @SuppressWarnings("NullAway.Init")
  public MetricsEndpoint() {}

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    sources.refresh();
    response.setContentType("text/plain; version=0.0.4; charset=utf-8");
    response.setHeader("Cache-Control", "no-store");
    response.getWriter().print(meters.scrape());
  }
}
