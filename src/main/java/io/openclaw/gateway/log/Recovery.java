package io.openclaw.gateway.log;

/** Whether a reader can go on from its position without missing anything. */
public sealed interface Recovery {
  /**
   * Everything after {@code from} can still be read.
   *
   * @param from read on after this offset
   */
  record Complete(long from) implements Recovery {}

  /**
   * Publications are missing that will never come.
   *
   * @param reason why
   * @param from first offset that is missing, in the present epoch
   * @param to last offset that is missing; read on after it
   */
  record Gap(GapReason reason, long from, long to) implements Recovery {}
}
