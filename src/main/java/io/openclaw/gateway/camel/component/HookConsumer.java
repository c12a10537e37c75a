package io.openclaw.gateway.camel.component;

import io.openclaw.gateway.hook.Hook;
import io.openclaw.gateway.hook.HookOutcome;
import io.openclaw.gateway.hook.HookRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;

/**
 * Makes an exchange of each request, in the thread of the request: the body is its body, as text if
 * the content type says text or JSON and else as bytes; its headers are headers, but those that
 * would tell Camel or the gateway what to do. The sender gets its answer when the route is done.
 * Thread-safe.
 */
final class HookConsumer extends DefaultConsumer implements Hook {
  private static final Logger LOG = System.getLogger(HookConsumer.class.getName());

  private final HookEndpoint hook;
  private final HookGuard guard;
  private final Semaphore places;

  HookConsumer(HookEndpoint hook, Processor processor, HookGuard guard) {
    super(hook, processor);
    this.hook = hook;
    this.guard = guard;
    this.places = new Semaphore(hook.concurrency());
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    hook.hooks().open(hook.name(), this);
  }

  @Override
  protected void doStop() throws Exception {
    hook.hooks().close(hook.name(), this);
    super.doStop();
  }

  @Override
  public HookOutcome receive(HookRequest request) {
    if (!guard.admits(request)) {
      return new HookOutcome.Refused("unauthorized", "the signature or the sender is not right");
    }
    if (!isStarted() || !places.tryAcquire()) {
      return new HookOutcome.Refused("unavailable", "this hook takes nothing at the moment");
    }
    try {
      return process(request);
    } finally {
      places.release();
    }
  }

  private HookOutcome process(HookRequest request) {
    Exchange exchange = createExchange(false);
    try {
      fill(exchange, request);
      getProcessor().process(exchange);
      if (exchange.getException() != null) {
        throw exchange.getException();
      }
      return new HookOutcome.Accepted();
    } catch (CharacterCodingException e) {
      return new HookOutcome.Refused("bad_request", "a text is UTF-8");
    } catch (Exception e) { // of whatever the route does
      LOG.log(Level.DEBUG, "hook:" + hook.name() + " failed", e);
      return new HookOutcome.Refused("unavailable", "the event could not be taken");
    } finally {
      releaseExchange(exchange, false);
    }
  }

  private static void fill(Exchange exchange, HookRequest request) throws CharacterCodingException {
    request.headers().forEach((name, value) -> header(exchange, name, value));
    String type = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    exchange.getMessage().setBody(isText(type) ? text(request.body()) : request.body());
    exchange.getMessage().setHeader("CamelHookUser", request.user());
  }

  private static void header(Exchange exchange, String name, String value) {
    String plain = name.toLowerCase(Locale.ROOT);
    if (!plain.startsWith("camel") && !plain.startsWith("openclaw")) {
      exchange.getMessage().setHeader(name, value);
    }
  }

  private static boolean isText(String type) {
    return type.startsWith("text/")
        || type.matches("application/([a-z0-9.+-]+\\+)?json\\b.*")
        || type.startsWith("application/x-www-form-urlencoded");
  }

  private static String text(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
