package io.openclaw.gateway.request.jms;

import io.openclaw.gateway.request.Answer;
import io.openclaw.gateway.source.jms.JmsBody;
import io.openclaw.gateway.source.jms.UnusableMessageException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads answers: the body as that of any event, or, if the message has the property {@code
 * openclaw_error}, that text as a refusal with the code in {@code openclaw_error_code}.
 *
 * @param maxBytes largest body that is taken
 */
public record JmsAnswers(int maxBytes) {
  private static final String ERROR = "openclaw_error";
  private static final String CODE = "openclaw_error_code";
  private static final String USUAL_CODE = "bad_request";
  private static final int MAX_ERROR_CHARS = 1_000;

  /** Those that a service may give; the others are the gateway's own. */
  private static final Set<String> CODES =
      Set.of(
          USUAL_CODE,
          "unauthorized",
          "forbidden",
          "not_found",
          "limit_exceeded",
          "rate_limited",
          "too_large",
          "unsupported",
          "unavailable",
          "timeout",
          "internal");

  Answer read(Message message) throws JMSException {
    try {
      String error = message.getStringProperty(ERROR);
      return error == null
          ? new Answer.Given(new JmsBody(maxBytes).read(message))
          : new Answer.Refused(code(message.getStringProperty(CODE)), cut(error));
    } catch (UnusableMessageException e) {
      return new Answer.Refused("internal", "the service's answer cannot be used");
    }
  }

  private static String code(@Nullable String given) {
    return given != null && CODES.contains(given) ? given : USUAL_CODE;
  }

  private static String cut(String error) {
    return error.length() <= MAX_ERROR_CHARS ? error : error.substring(0, MAX_ERROR_CHARS);
  }
}
