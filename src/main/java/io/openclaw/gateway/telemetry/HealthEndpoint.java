package io.openclaw.gateway.telemetry;

import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/**
 * {@code GET /health/live}: the process answers. {@code GET /health/ready}: 200, or 503 with what
 * is wrong by part: {@code {"status":"DOWN","admission":"open","problems":{"jms":"…"}}}.
 */
@WebServlet("/health/*")
public class HealthEndpoint extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final JsonProvider JSON = JsonProvider.provider();

  @Inject private transient Readiness readiness;

  /** For the container, which injects the field. */
  @SuppressWarnings("NullAway.Init")
  public HealthEndpoint() {}

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String check = request.getPathInfo();
    if ("/live".equals(check)) {
      answer(response, Map.of(), Map.of());
    } else if ("/ready".equals(check)) {
      answer(response, readiness.problems(), readiness.states());
    } else {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
  }

  private static void answer(
      HttpServletResponse response, Map<String, String> problems, Map<String, String> states)
      throws IOException {
    JsonObjectBuilder json = JSON.createObjectBuilder();
    json.add("status", problems.isEmpty() ? "UP" : "DOWN");
    states.forEach(json::add);
    if (!problems.isEmpty()) {
      JsonObjectBuilder parts = JSON.createObjectBuilder();
      problems.forEach(parts::add);
      json.add("problems", parts);
      response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    }
    response.setContentType("application/json");
    response.setHeader("Cache-Control", "no-store");
    response.getWriter().print(json.build());
  }
}
