package io.openclaw.gateway.source.replication;

import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL database and who connects.
 *
 * @param url JDBC URL, {@code jdbc:postgresql://host:port/database}
 * @param user a role that may replicate, or null: as the URL says
 * @param password in the clear, or null; never logged
 */
public record DatabaseAddress(String url, @Nullable String user, @Nullable String password) {
  /**
   * @throws IllegalArgumentException if the URL is not PostgreSQL's
   */
  public DatabaseAddress {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException("the url of a database starts with jdbc:postgresql:");
    }
  }

  /** Without the URL, which may carry a password, and without the password. */
  @Override
  public String toString() {
    return "DatabaseAddress[user=" + user + "]";
  }
}
