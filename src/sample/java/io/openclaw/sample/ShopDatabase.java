package io.openclaw.sample;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The PostgreSQL at {@code shop.database.url}, a system property, or {@code SHOP_DATABASE_URL} in
 * the environment, with user and password in it. Servers differ in how they fill a data source
 * definition in, and in whom they ask for a connection; this works on all.
 */
public class ShopDatabase extends PGSimpleDataSource {
  private static final long serialVersionUID = 1L;
  private static final String USUAL = "jdbc:postgresql://127.0.0.1/shop?user=shop&password=shop";

  @Override
  public Connection getConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    return Objects.requireNonNull(new Driver().connect(address(), new Properties()));
  }

  private static String address() {
    String variable = System.getenv("SHOP_DATABASE_URL");
    return System.getProperty("shop.database.url", variable == null ? USUAL : variable);
  }
}
