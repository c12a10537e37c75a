package io.openclaw.gateway.dev;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;

/**
 * Temperatures, each written as a row of {@code sensor_reading}, a table that the gateway watches.
 * <i>Confined to one thread.</i>
 */
final class SensorReadings implements AutoCloseable {
  private static final String INSERT =
      "INSERT INTO sensor_reading (building, floor, sensor, temp) VALUES (?, ?, ?, ?)";
  private static final int SENSORS = 6;

  private final Connection connection;
  private final RandomGenerator random;
  private final double[] temperatures = new double[SENSORS];

  SensorReadings(DataSource database, RandomGenerator random) throws SQLException {
    this.connection = database.getConnection();
    this.random = random;
    Arrays.setAll(temperatures, sensor -> 19.0 + sensor);
  }

  /**
   * Makes the table unless it is there.
   *
   * @param statement the file with the statement
   */
  static void createTable(DataSource database, Path statement) throws IOException, SQLException {
    try (Connection connection = database.getConnection();
        Statement create = connection.createStatement()) {
      create.execute(Files.readString(statement));
    }
  }

  /** Moves one temperature and writes it. */
  void read() throws SQLException {
    int sensor = random.nextInt(SENSORS);
    temperatures[sensor] = Math.min(35, Math.max(10, temperatures[sensor] + step()));
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, sensor < SENSORS / 2 ? "buildingA" : "buildingB");
      insert.setString(2, "floor" + (1 + sensor % 3));
      insert.setString(3, "t" + (1 + sensor));
      insert.setBigDecimal(4, BigDecimal.valueOf(Math.round(temperatures[sensor] * 100), 2));
      insert.executeUpdate();
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private double step() {
    return random.nextGaussian() * 0.15;
  }
}
