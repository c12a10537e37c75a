package io.openclaw.gateway.shape;

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.selector.filter.BooleanExpression;
import org.apache.activemq.artemis.selector.filter.FilterException;
import org.apache.activemq.artemis.selector.filter.Filterable;
import org.apache.activemq.artemis.selector.impl.SelectorParser;
import org.jspecify.annotations.Nullable;

/**
 * A JMS message selector (Jakarta Messaging 3.1, §3.8.1) over named fields: {@code price > 100 AND
 * symbol = 'AAPL'}. Names with other characters than those of Java identifiers stand in double
 * quotes: {@code "user.region" = 'eu'}. A field that is absent is unknown, and an unknown condition
 * is not met. Immutable; equal by text. <em>Thread-safe.</em>
 */
public final class Condition {
  /** The longest text that is taken. */
  public static final int MAX_CHARS = 1_000;

  private final String text;
  private final BooleanExpression expression;
  private final Map<String, SelectorRewrite.FieldTest> tests;

  private Condition(
      String text, BooleanExpression expression, Map<String, SelectorRewrite.FieldTest> tests) {
    this.text = text;
    this.expression = expression;
    this.tests = tests;
  }

  /**
   * @throws IllegalArgumentException with words fit for whoever wrote it, if it is no selector
   */
  public static Condition of(String text) {
    if (text.length() > MAX_CHARS) {
      throw new IllegalArgumentException("a filter has at most " + MAX_CHARS + " characters");
    }
    try {
      SelectorRewrite rewrite = SelectorRewrite.of(text);
      BooleanExpression expression = SelectorParser.parse(rewrite.text());
      return new Condition(text, Objects.requireNonNull(expression), rewrite.tests());
    } catch (FilterException | NullPointerException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the filter is no JMS message selector, such as: price > 100 AND symbol = 'AAPL'", e);
    }
  }

  /**
   * Whether it is met. What cannot be computed, such as a division by 0, is unknown and so not met.
   *
   * @param fields gives the value of a name: a String, Boolean, Long, Double or null
   */
  public boolean isMet(Function<String, @Nullable Object> fields) {
    try {
      return expression.matches(new NamedFields(name -> field(name, fields)));
    } catch (FilterException | RuntimeException e) {
      return false;
    }
  }

  /** What is found out where it must be told apart whether something is false or not known. */
  public enum Answer {
    /** It is met. */
    TRUE,
    /** It is not met. */
    FALSE,
    /** A field that it came to, from left to right, has no value, or it could not be computed. */
    UNKNOWN
  }

  /**
   * As {@link #isMet}, but a field without a value makes the whole answer unknown, wherever it
   * stands: only {@code IS [NOT] NULL} can be asked of it. So {@code a = b} is not true if both are
   * absent, nor is {@code NOT (a = 1)}.
   */
  public Answer test(Function<String, @Nullable Object> fields) {
    try {
      return expression.matches(new NamedFields(name -> known(field(name, fields))))
          ? Answer.TRUE
          : Answer.FALSE;
    } catch (FilterException | RuntimeException e) {
      return Answer.UNKNOWN;
    }
  }

  private static Object known(@Nullable Object value) {
    if (value == null) {
      throw new UnknownFieldException();
    }
    return value;
  }

  /** Ends an evaluation that has come to a field without a value. */
  private static final class UnknownFieldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownFieldException() {
      super(null, null, false, false);
    }
  }

  private @Nullable Object field(String name, Function<String, @Nullable Object> fields) {
    SelectorRewrite.FieldTest test = tests.get(name);
    return test == null ? fields.apply(name) : test.value(fields);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Condition condition && text.equals(condition.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The selector as written. */
  @Override
  public String toString() {
    return text;
  }

  /** The fields as the selector library asks for them. */
  private record NamedFields(Function<String, @Nullable Object> fields) implements Filterable {
    @Override
    public @Nullable Object getProperty(SimpleString name) {
      return fields.apply(name.toString());
    }

    @Override
    public <T> @Nullable T getBodyAs(Class<T> type) {
      return null;
    }

    @Override
    public @Nullable Object getLocalConnectionId() {
      return null;
    }
  }
}
