package io.openclaw.gateway.log;

import java.util.Arrays;

/** The offsets of one topic in rising order. Confined to the lock of its log. */
final class OffsetIndex {
  private long[] offsets = new long[2];
  private int first;
  private int count;

  int count() {
    return count;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** The offset at {@code index}, counted from the oldest. */
  long get(int index) {
    return offsets[(first + index) & (offsets.length - 1)];
  }

  void add(long offset) {
    if (count == offsets.length) {
      grow();
    }
    offsets[(first + count) & (offsets.length - 1)] = offset;
    count++;
  }

  void removeOldest() {
    first = (first + 1) & (offsets.length - 1);
    count--;
  }

  /** The index of the first offset above {@code offset}; the count if there is none. */
  int indexAfter(long offset) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (get(middle) > offset) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private void grow() {
    long[] larger = Arrays.copyOfRange(offsets, first, first + offsets.length * 2);
    System.arraycopy(offsets, 0, larger, offsets.length - first, first);
    offsets = larger;
    first = 0;
  }
}
