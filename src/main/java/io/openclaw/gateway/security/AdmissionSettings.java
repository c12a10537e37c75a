package io.openclaw.gateway.security;

import java.time.Duration;

/**
 * When new connections are turned away so that those that stand go on.
 *
 * @param maxHeapPercent of the heap in use after it was collected; 0: whatever it is
 * @param maxCpuPercent of all processors; 0: whatever it is
 * @param cpuTime how long it has to be above that
 */
public record AdmissionSettings(int maxHeapPercent, int maxCpuPercent, Duration cpuTime) {
  /** 90 % of the heap, 98 % of the processors for 30 s. */
  public static final AdmissionSettings DEFAULT =
      new AdmissionSettings(90, 98, Duration.ofSeconds(30));

  /**
   * @throws IllegalArgumentException if a percentage is out of range
   */
  public AdmissionSettings {
    if (maxHeapPercent < 0 || maxHeapPercent > 100 || maxCpuPercent < 0 || maxCpuPercent > 100) {
      throw new IllegalArgumentException("max-heap and max-cpu are 0 to 100");
    }
  }
}
