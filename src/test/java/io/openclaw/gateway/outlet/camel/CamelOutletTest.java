package io.openclaw.gateway.outlet.camel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.camel.CamelContexts;
import io.openclaw.gateway.outlet.Outbound;
import io.openclaw.gateway.outlet.Outlet;
import io.openclaw.gateway.outlet.OutletAddress;
import io.openclaw.gateway.outlet.OutletException;
import io.openclaw.gateway.topic.Payload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CamelOutletTest {
  @TempDir Path folder;

  private final CamelOutlets outlets =
      new CamelOutlets(
          new CamelContexts(
              new CamelContexts.Parts(
                  Thread::new,
                  CamelOutletTest.class.getClassLoader(),
                  key -> key.equals("broker.password") ? "hunter2000" : null,
                  1000,
                  Duration.ofSeconds(1),
                  Map.of())),
          Duration.ofSeconds(2));

  @AfterEach
  void close() {
    outlets.close();
  }

  private Outlet at(String address) {
    return outlets.at(OutletAddress.of(address));
  }

  private static List<Outbound> message(String key, Payload payload) {
    return List.of(new Outbound("orders/eu", key, payload, "id", Map.of("user", "anna")));
  }

  @Test
  void sendsTextAndBytesWithHeadersInOrder() throws Exception {
    Outlet file =
        at(
            "camel:file:"
                + folder
                + "?fileExist=Append&fileName=${header.openclaw.key}-${header.user}.txt");
    file.send(message("a", new Payload.Json("{\"n\":1}")));
    file.send(message("a", new Payload.Json("{\"n\":2}")));
    file.send(message("b", new Payload.Binary(new byte[] {65})));
    assertEquals("{\"n\":1}{\"n\":2}", Files.readString(folder.resolve("a-anna.txt")));
    assertEquals("A", Files.readString(folder.resolve("b-anna.txt")));
  }

  @Test
  void tellsThatItIsNotCertain() {
    OutletException e =
        assertThrows(
            OutletException.class,
            () -> at("camel:direct:nobody?block=false").send(message("a", Payload.NONE)));
    assertTrue(String.valueOf(e.getMessage()).contains("direct"), e.getMessage());
  }

  @Test
  void waitsNoLongerThanTold() {
    OutletException e =
        assertThrows(
            OutletException.class,
            () -> at("camel:direct:nobody?timeout=30000").send(message("a", Payload.NONE)));
    assertTrue(String.valueOf(e.getMessage()).contains("no answer"), e.getMessage());
  }

  @Test
  void neverShowsASecretSetting() {
    OutletException e =
        assertThrows(
            OutletException.class,
            () -> at("camel:nosuch:x?secret={{broker.password}}").send(message("a", Payload.NONE)));
    assertTrue(!String.valueOf(e.getMessage()).contains("hunter2000"), e.getMessage());
  }
}
