package io.openclaw.gateway.security;

import io.github.bucket4j.Bucket;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one session may still send. It is counted so:
 *
 * <ol>
 *   <li>Everything that arrives costs its bytes, and {@value #PART_BYTES} for each part that the
 *       container brings, so that empty frames are not free. They are taken out of one bucket.
 *   <li>Each command costs what a table says. It is taken out of another bucket.
 *   <li>A message for which there are not bytes enough is not carried out, and a command for which
 *       there are not units enough neither. The client is told, for each command.
 *   <li>Each command that is not carried out is an excess, and so is each KiB begun of what was
 *       over the bytes.
 *   <li>Whoever has more excesses than allowed is done. Of those, as many as are allowed are
 *       forgiven each minute, bit by bit.
 *   <li>Who signs in as somebody with other limits begins with what was spent before.
 * </ol>
 *
 * Confined to the container's callbacks for one connection.
 */
public final class SessionBudget {
  private static final int PART_BYTES = 8;
  private static final int EXCESS_BYTES = 1024;

  private final CurrentLimits current;
  private final int maxExcess;
  private final LongSupplier nanoTime;
  private @Nullable Object rules;
  private @Nullable Identity identity;
  private Limits limits = new Limits(Rate.UNLIMITED, Rate.UNLIMITED, Rate.UNLIMITED, 0, 0);
  private @Nullable Bucket messages;
  private @Nullable Bucket bytes;
  private @Nullable Bucket excesses;
  private boolean over;
  private boolean done;

  /**
   * @param maxExcess what may be over, and is forgiven each minute
   */
  public SessionBudget(CurrentLimits current, int maxExcess, LongSupplier nanoTime) {
    this.current = current;
    this.maxExcess = maxExcess;
    this.nanoTime = nanoTime;
  }

  /** So many bytes of a message arrived from {@code who}; {@code last} ends it. */
  public void arrived(Identity who, int count) {
    follow(who);
    int cost = count + PART_BYTES;
    if (bytes != null && !bytes.tryConsume(cost)) {
      over = true;
      exceed(1 + cost / EXCESS_BYTES);
    }
  }

  /** Whether the message that is complete now has more bytes than were left; the next may not. */
  public boolean messageIsOver() {
    boolean was = over;
    over = false;
    return was;
  }

  /** Takes the cost of all commands of a message; false, and nothing taken, if there is less. */
  public boolean spendAll(long cost) {
    return messages == null || cost == 0 || messages.tryConsume(cost);
  }

  /** The same for one command, which costs no more than the burst. */
  public boolean spend(int cost) {
    return spendAll(Math.min(cost, limits.messages().burst()));
  }

  /** A command was not carried out. */
  public void exceed() {
    exceed(1);
  }

  private void exceed(int count) {
    if (excesses == null) {
      excesses = Buckets.eachMinute(maxExcess, nanoTime);
    }
    if (!excesses.tryConsume(count)) {
      done = true;
    }
  }

  /** Whether it went over so much that it should be ended. */
  public boolean isDone() {
    return done;
  }

  /** What may be sent, in words for the client. */
  public String described() {
    return "a session may send "
        + described(limits.messages())
        + " units of cost and "
        + described(limits.bytes())
        + " bytes a second";
  }

  private static String described(Rate rate) {
    return rate.isUnlimited() ? "any number of" : Long.toString(rate.perSecond());
  }

  @SuppressWarnings("ReferenceEquality") // cheap, and another object is as good as another value
  private void follow(Identity who) {
    if (who != identity || rules != current.rules()) {
      identity = who;
      rules = current.rules();
      Limits now = current.of(who);
      if (!now.equals(limits)) {
        messages = again(messages, limits.messages(), now.messages());
        bytes = again(bytes, limits.bytes(), now.bytes());
        limits = now;
      }
    }
  }

  private @Nullable Bucket again(@Nullable Bucket former, Rate before, Rate now) {
    if (now.isUnlimited()) {
      return null;
    }
    long spent = former == null ? 0 : before.burst() - former.getAvailableTokens();
    return Buckets.confined(now, Math.max(0, now.burst() - spent), nanoTime);
  }
}
