package io.openclaw.gateway.bench;

import java.nio.ByteBuffer;

/**
 * Finds the due times in what a server sends: the field {@code "t":} followed by {@value
 * DueTime#DIGITS} digits. Publications of one subscription have the same length but for a growing
 * offset, so the next one is looked for where the last one lets expect it, and only otherwise byte
 * by byte. The buffer is little-endian. <i>Confined to the thread that reads.</i>
 */
final class DueScan {
  private static final int MARKER = '"' | 't' << 8 | '"' << 16 | ':' << 24;

  /** With a space that may stand before the digits, or what comes behind them. */
  private static final int NEEDED = Integer.BYTES + 1 + DueTime.DIGITS;

  /** Takes the due times in their order. */
  interface Listener {
    void came(long dueNanos);
  }

  private final Listener listener;

  /** Bytes from the end of one due time to the marker of the next in a batch; 0: unknown. */
  private int stride;

  /** Bytes from the beginning of a frame to its first marker; 0: unknown. */
  private int lead;

  private boolean atBegin;
  private boolean single;
  private boolean cut;

  DueScan(Listener listener) {
    this.listener = listener;
  }

  /** A text frame begins. */
  void begin() {
    atBegin = true;
    single = false;
    cut = false;
  }

  /** As {@link FrameReader.Sink#payload}. */
  int scan(ByteBuffer buffer, int from, int to, boolean last) {
    if (atBegin && !cut && to > from) {
      single = buffer.get(from) == '{';
    }
    int at = from;
    while (to - at >= NEEDED && !(single && !atBegin)) {
      int found = find(buffer, at, to);
      if (found < 0) {
        break;
      }
      learn(found - at);
      int digits = found + Integer.BYTES;
      listener.came(DueTime.read(buffer, buffer.get(digits) == ' ' ? digits + 1 : digits));
      at = found + NEEDED;
      atBegin = false;
      cut = false;
    }
    if (last) {
      return to - from;
    }
    cut = true;
    return Math.max(at, to - NEEDED + 1) - from;
  }

  private int find(ByteBuffer buffer, int at, int to) {
    int guess = at + (atBegin ? lead : stride);
    if (!cut && guess + NEEDED <= to && buffer.getInt(guess) == MARKER) {
      return guess;
    }
    for (int i = at; i + NEEDED <= to; i++) {
      if (buffer.getInt(i) == MARKER) {
        return i;
      }
    }
    return -1;
  }

  private void learn(int distance) {
    if (cut) {
      return;
    }
    if (atBegin) {
      lead = distance;
    } else {
      stride = distance;
    }
  }
}
