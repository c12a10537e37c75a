package io.openclaw.gateway.rest;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Waits for the body of a request without a thread where the server is Undertow: that would read
 * what a refused request has left to its end, however slowly it comes, in a thread, and has few of
 * those. The request goes on when all of its body is there; of one that is too large no more is
 * kept than shows that. How long it may take between two bytes is the server's to say. Elsewhere
 * {@link ArrivingBodies} bounds how long a thread waits.
 */
@WebFilter(
    urlPatterns = "/api/*",
    asyncSupported = true,
    dispatcherTypes = {DispatcherType.REQUEST, DispatcherType.ASYNC})
public class BodyFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final String BODY = BodyFilter.class.getName();
  private static final int PIECE_BYTES = 8192;

  private static final boolean IS_UNDERTOW = isThere("io.undertow.server.HttpServerExchange");

  @Inject private transient RestSettings settings;

  /** For the container, which injects the fields. */
  @SuppressWarnings("NullAway.Init")
  public BodyFilter() {}

  private static boolean isThere(String type) {
    try {
      Class.forName(type, false, BodyFilter.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getAttribute(BODY) instanceof byte[] body) {
      chain.doFilter(new Arrived(request, body), response);
    } else if (IS_UNDERTOW && hasBody(request)) {
      AsyncContext context = request.startAsync(request, response);
      context.setTimeout(0);
      ServletInputStream in = request.getInputStream();
      in.setReadListener(new Arriving(context, in, settings.maxBodyBytes()));
    } else {
      chain.doFilter(request, response);
    }
  }

  private static boolean hasBody(HttpServletRequest request) {
    return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
  }

  /** A body on its way. Confined to the container's callbacks for it. */
  private static final class Arriving implements ReadListener {
    private final AsyncContext context;
    private final ServletInputStream in;
    private final int maxBytes;
    private final ByteArrayOutputStream arrived = new ByteArrayOutputStream();

    Arriving(AsyncContext context, ServletInputStream in, int maxBytes) {
      this.context = context;
      this.in = in;
      this.maxBytes = maxBytes;
    }

    @Override
    public void onDataAvailable() throws IOException {
      byte[] piece = new byte[PIECE_BYTES];
      while (in.isReady() && !in.isFinished()) {
        int count = in.read(piece);
        if (count < 0) {
          return;
        }
        arrived.write(piece, 0, Math.min(count, maxBytes + 1 - arrived.size()));
      }
    }

    @Override
    public void onAllDataRead() {
      context.getRequest().setAttribute(BODY, arrived.toByteArray());
      context.dispatch();
    }

    /** The client is gone, or too slow for the server. */
    @Override
    public void onError(Throwable cause) {
      context.complete();
    }
  }

  /** A request of which the body is there. */
  private static final class Arrived extends HttpServletRequestWrapper {
    private final byte[] body;

    Arrived(HttpServletRequest request, byte[] body) {
      super(request);
      this.body = body;
    }

    @Override
    public ServletInputStream getInputStream() {
      return new Body(new ByteArrayInputStream(body));
    }
  }

  /** Never waits. */
  private static final class Body extends ServletInputStream {
    private final ByteArrayInputStream bytes;

    Body(ByteArrayInputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      return bytes.read(into, offset, length);
    }

    @Override
    public int available() {
      return bytes.available();
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("the body has been read");
    }
  }
}
