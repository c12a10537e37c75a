package io.openclaw.gateway.websocket;

import java.util.ArrayDeque;

/**
 * The frames that Tyrus itself has to write and that the client does not take: pongs, pings and a
 * close. One that lets hundreds of them wait, behind all that the socket's buffers hold, sends
 * pings and does not read: it is cut off, as otherwise they would fill the heap. Guarded by Tyrus'
 * writer.
 */
final class UnreadFrames extends ArrayDeque<Object> {
  private static final long serialVersionUID = 1L;

  /** With the largest control frames, of 125 bytes, some 100 KB on the heap. */
  static final int MAX = 256;

  private final transient Runnable cutOff;

  UnreadFrames(Runnable cutOff) {
    this.cutOff = cutOff;
  }

  @Override
  public boolean offer(Object frame) {
    if (size() < MAX) {
      return super.offer(frame);
    }
    cutOff.run();
    return false;
  }
}
