package io.openclaw.gateway.dev;

import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;

/** What a run tells when it is ready: where it is, and three lines to paste. */
final class Invitation {
  private Invitation() {}

  static void print(
      PrintStream out, Path home, URI gateway, String token, int brokerPort, int databasePort) {
    Path command = home.resolve("openclaw");
    out.printf("BROKER %s%n", Broker.url(brokerPort));
    out.printf("DATABASE %s user=openclaw password=openclaw%n", Database.url(databasePort));
    out.printf("READY %s%n", gateway);
    out.printf("TOKEN %s%n", token);
    out.println("Try in another terminal: publish by HTTP, by JMS, by SQL");
    out.printf(
        "curl -sS -H 'Authorization: Bearer %s' -H 'Content-Type: application/json'"
            + " -d '{\"topic\":\"stock/ACME/price\",\"data\":{\"symbol\":\"ACME\",\"price\":42.5}}'"
            + " %sapi/v1/publish%n",
        token, gateway);
    out.printf(
        "%s jms --broker %d stock/ACME/price '{\"symbol\":\"ACME\",\"price\":43.5}'%n",
        command, brokerPort);
    out.printf(
        "%s sql --database %d \"INSERT INTO sensor_reading (building, floor, sensor, temp)"
            + " VALUES ('buildingA', 'floor1', 't9', 21.5)\"%n",
        command, databasePort);
    out.flush();
  }
}
