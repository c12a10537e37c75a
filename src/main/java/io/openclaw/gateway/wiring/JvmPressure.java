package io.openclaw.gateway.wiring;

import io.openclaw.gateway.security.Pressure;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.function.DoubleSupplier;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** What this JVM says about itself. */
final class JvmPressure {
  private static final Logger LOG = System.getLogger(JvmPressure.class.getName());
  private static final double UNKNOWN = -1;

  private JvmPressure() {}

  static Pressure pressure() {
    return new Pressure(JvmPressure::heap, cpu(ManagementFactory.getPlatformMBeanServer()));
  }

  /**
   * The fullest pool, by what was left in it when it was last collected; if it has been emptied
   * since then in another way, by that. Survivors are no measure: their space is made to fit.
   */
  private static double heap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isValid())
        .filter(pool -> !pool.getName().contains("Survivor"))
        .mapToDouble(JvmPressure::share)
        .max()
        .orElse(UNKNOWN);
  }

  private static double share(MemoryPoolMXBean pool) {
    MemoryUsage collected = pool.getCollectionUsage();
    MemoryUsage now = pool.getUsage();
    if (collected == null || now == null || now.getMax() <= 0) {
      return UNKNOWN;
    }
    return (double) Math.min(collected.getUsed(), now.getUsed()) / now.getMax();
  }

  /** By name, as the class that has it is not in every JVM, nor shown to every application. */
  private static DoubleSupplier cpu(MBeanServer beans) {
    return () -> {
      try {
        Object load =
            beans.getAttribute(
                new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME), "ProcessCpuLoad");
        return load instanceof Double share ? share : UNKNOWN;
      } catch (JMException | SecurityException e) {
        LOG.log(Level.DEBUG, "the load of the processors cannot be had", e);
        return UNKNOWN;
      }
    };
  }
}
