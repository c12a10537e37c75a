package io.openclaw.gateway.dev;

import jakarta.jms.ConnectionFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Something to look at: sends prices to the broker and writes readings and averages to the database
 * until closed. One thread does it all.
 */
final class Feed implements AutoCloseable {
  private static final Duration PRICE_INTERVAL = Duration.ofMillis(100);
  private static final Duration READING_INTERVAL = Duration.ofMillis(300);
  private static final Duration AVERAGE_INTERVAL = Duration.ofSeconds(2);

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "feed");
            thread.setDaemon(true);
            return thread;
          });
  private final MarketTicker market;
  private final SensorReadings sensors;
  private final BuildingAverages averages;
  private final Consumer<String> failed;

  private Feed(
      MarketTicker market,
      SensorReadings sensors,
      BuildingAverages averages,
      Consumer<String> failed) {
    this.market = market;
    this.sensors = sensors;
    this.averages = averages;
    this.failed = failed;
  }

  /**
   * Starts it.
   *
   * @param failed is told why when it has to stop
   */
  static Feed start(ConnectionFactory broker, DataSource database, Consumer<String> failed)
      throws SQLException {
    Random random = new Random();
    Feed feed =
        new Feed(
            new MarketTicker(broker, random),
            new SensorReadings(database, random),
            new BuildingAverages(database),
            failed);
    feed.every(PRICE_INTERVAL, feed.market::tick);
    feed.every(READING_INTERVAL, feed.sensors::read);
    feed.every(AVERAGE_INTERVAL, feed.averages::write);
    return feed;
  }

  @Override
  public void close() throws SQLException {
    timer.shutdownNow();
    market.close();
    sensors.close();
    averages.close();
  }

  private void every(Duration interval, Step step) {
    var unused =
        timer.scheduleAtFixedRate(
            () -> run(step), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void run(Step step) {
    try {
      step.run();
    } catch (Exception e) {
      if (!timer.isShutdown()) {
        timer.shutdownNow();
        failed.accept("the feed stopped: " + e.getMessage());
      }
    }
  }

  private interface Step {
    void run() throws Exception;
  }
}
