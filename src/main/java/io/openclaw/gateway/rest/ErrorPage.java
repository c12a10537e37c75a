package io.openclaw.gateway.rest;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * What is shown for every error that nobody else describes: a problem with the status in words. The
 * servers' own pages name the server, and some show where in it an exception was thrown. A request
 * on which the server failed before it reached us, such as for a path that no file can have, is the
 * client's mistake. Asked for directly, the page is not there.
 */
@WebServlet(urlPatterns = ErrorPage.PATH, asyncSupported = true)
public class ErrorPage extends HttpServlet {
  /** The web.xml names it for all errors. */
  static final String PATH = "/error";

  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    int status = status(request);
    Problem problem = Problem.ofStatus(status);
    response.setStatus(status);
    response.setContentType("application/problem+json");
    response.setCharacterEncoding("UTF-8");
    response
        .getWriter()
        .printf(
            "{\"type\":\"%s\",\"title\":\"%s\",\"status\":%d,\"code\":\"%s\",\"detail\":\"%s\"}",
            problem.type(), problem.title(), status, problem.code(), problem.detail());
  }

  private static int status(HttpServletRequest request) {
    if (!(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status)) {
      return HttpServletResponse.SC_NOT_FOUND;
    }
    boolean notUnderstood =
        request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Exception e
            && !Problems.isOurs(e);
    return notUnderstood ? HttpServletResponse.SC_BAD_REQUEST : status;
  }
}
